SELECT case_id, arrayStringConcat(roles, ', ') AS roles, records
FROM casestream.v_people_cases
WHERE person_id IN {person}
ORDER BY case_id
LIMIT 200
