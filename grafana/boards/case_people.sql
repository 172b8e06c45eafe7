SELECT told.role AS role, told.agency_id AS agency_id, known.person_id AS person_id, person.records AS records,
    person.status AS status
FROM
(
    SELECT DISTINCT 'defendant' AS role, defendant_id AS agency_id, person_key
    FROM casestream.case_defendants FINAL
    WHERE case_id IN {case}
    UNION ALL
    SELECT DISTINCT 'suspect' AS role, suspect_id AS agency_id, person_key
    FROM casestream.case_suspects FINAL
    WHERE case_id IN {case}
    UNION ALL
    SELECT DISTINCT 'victim' AS role, victim_id AS agency_id, person_key
    FROM casestream.case_victims FINAL
    WHERE case_id IN {case}
) AS told
INNER JOIN casestream.v_people_of_records AS known ON known.person_record_id = told.person_key
INNER JOIN casestream.v_people AS person ON person.person_id = known.person_id
ORDER BY role, agency_id, person_id
LIMIT 200
