-- The state of records and subjects as link knew it below an offset: the highest version below it.
SELECT record_id, argMax(state, version) AS state
FROM casestream.link_records
WHERE record_id IN {keys:Array(String)} AND version < {below:UInt64}
GROUP BY record_id
