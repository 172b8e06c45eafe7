SELECT person_id, person_record_id, ground, match_weight, with_record, model, snapshot
FROM casestream.v_people_links
WHERE person_id IN {person}
    AND person_record_id = ${{record_id:singlequote}} AND with_record = ${{with_record:singlequote}}
LIMIT 1
