-- The records of some cases as link knows them now.
SELECT record_id, argMax(state, version) AS state
FROM casestream.link_records
WHERE record_id IN
(
    SELECT record_id
    FROM casestream.case_members FINAL
    WHERE case_id IN {keys:Array(String)}
)
GROUP BY record_id
