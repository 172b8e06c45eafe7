-- What records said of people below a version: the highest version below it.
SELECT id, argMax(state, version) AS state
FROM casestream.people_told
WHERE id IN {keys:Array(String)} AND version < {below:UInt64}
GROUP BY id
