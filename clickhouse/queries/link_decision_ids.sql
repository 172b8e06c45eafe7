-- All that people ever decided about linking.
SELECT DISTINCT record_id
FROM casestream.records
WHERE kind = 'casestream.link_decision'
