-- How often each value of some columns occurs in a snapshot.
SELECT column, value, records
FROM casestream.people_frequencies FINAL
WHERE snapshot = {snapshot:String} AND column IN {columns:Array(String)}
