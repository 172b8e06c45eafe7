-- The person that a person record is of; no row for a record that takes no part.
SELECT person_id
FROM casestream.people_members FINAL
WHERE person_record_id = {record:String} AND scoring = (SELECT max(scoring) FROM casestream.people_progress)
