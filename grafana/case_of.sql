SELECT case_id
FROM casestream.v_case_members
WHERE record_id = concat('r', substring({case_id}, 2))
    OR record_id IN (SELECT record_id FROM casestream.case_events WHERE case_id = {case_id})
GROUP BY case_id
ORDER BY max(record_id = concat('r', substring({case_id}, 2))) DESC, count() DESC, case_id DESC
LIMIT 1
