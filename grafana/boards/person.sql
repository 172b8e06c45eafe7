SELECT person_id, replaceAll(side, '_', ' ') AS side, status, replaceAll(arrayStringConcat(attention, ', '), '_', ' ') AS attention,
    records, merged, replaceAll(arrayStringConcat(several, ', '), '_', ' ') AS several
FROM casestream.v_people
WHERE person_id IN {person}
LIMIT 1
