-- Each record that tells of exactly one person record, and the person that it is of (empty for none), to compare with
-- the truth of a simulated history.
SELECT s.record_id AS record_id, any(m.person_id) AS person_id
FROM casestream.people_sources AS s FINAL
LEFT JOIN casestream.v_people_of_records AS m ON m.person_record_id = s.person_record_id
GROUP BY record_id
HAVING uniqExact(s.person_record_id) = 1
