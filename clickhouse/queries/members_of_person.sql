-- The person records of a person: role, the join by which each is in it, and how many records tell of it in which cases.
SELECT
    member.person_record_id, record.role, member.merged, member.ground, member.with_record, member.match_weight,
    member.model, member.snapshot, source.records, source.cases
FROM casestream.people_members AS member FINAL
LEFT JOIN
(
    SELECT person_record_id, role
    FROM casestream.people_records FINAL
) AS record ON record.person_record_id = member.person_record_id
LEFT JOIN
(
    SELECT
        told.person_record_id AS person_record_id, uniqExact(told.record_id) AS records,
        arraySort(groupUniqArrayIf(of_case.case_id, of_case.case_id != '')) AS cases
    FROM casestream.people_sources AS told FINAL
    LEFT JOIN
    (
        SELECT record_id, case_id
        FROM casestream.case_members FINAL
    ) AS of_case ON of_case.record_id = told.record_id
    GROUP BY told.person_record_id
) AS source ON source.person_record_id = member.person_record_id
WHERE member.person_id = {person:String}
    AND member.scoring = (SELECT max(scoring) FROM casestream.people_progress)
ORDER BY member.ground != '', member.person_record_id
