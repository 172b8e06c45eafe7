SELECT person_id, person_record_id, ground, match_weight, with_record, model, snapshot
FROM casestream.v_people_links
WHERE person_id IN {person}
ORDER BY match_weight IS NULL, match_weight, person_record_id
LIMIT 1000
