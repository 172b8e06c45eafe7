-- How many person records people linking knew up to a version, under a scoring.
SELECT uniqExact(id)
FROM casestream.people_entries
WHERE version <= {as_of:UInt64} AND scoring = {scoring:UInt32}
