-- Person records of the ids of a slice as people linking knew them up to a version, under a scoring.
SELECT id, argMax(state, version) AS state
FROM casestream.people_entries
WHERE id >= {first:String} AND id < {end:String} AND version <= {as_of:UInt64} AND scoring = {scoring:UInt32}
GROUP BY id
ORDER BY id
