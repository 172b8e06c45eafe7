-- The bodies of all states of some records.
SELECT record_id, digest, any(body) AS body
FROM casestream.record_states
WHERE record_id IN {keys:Array(String)}
GROUP BY record_id, digest
