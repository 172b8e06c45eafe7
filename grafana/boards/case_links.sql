WITH
    of_case AS (SELECT * FROM casestream.v_case_members WHERE case_id IN {case}),
    known AS (SELECT record_id, known_at FROM casestream.v_records WHERE record_id IN (SELECT record_id FROM of_case))
SELECT of_case.agency AS agency, of_case.kind AS kind, of_case.source AS source, of_case.reason_kind AS shares,
    of_case.reason_pseudonym AS pseudonym, of_case.reason_record AS with_record,
    if(shares = '', NULL, greatest(mine.known_at, other.known_at)) AS linked_at, of_case.record_id AS record_id
FROM of_case
LEFT JOIN known AS mine ON mine.record_id = of_case.record_id
LEFT JOIN known AS other ON other.record_id = of_case.reason_record
ORDER BY shares != '', agency, kind, record_id
LIMIT 1000
