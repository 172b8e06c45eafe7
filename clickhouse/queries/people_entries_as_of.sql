-- Person records as people linking knew them below a version, under a scoring: the highest version below it.
SELECT id, argMax(state, version) AS state
FROM casestream.people_entries
WHERE id IN {keys:Array(String)} AND version < {below:UInt64} AND scoring = {scoring:UInt32}
GROUP BY id
