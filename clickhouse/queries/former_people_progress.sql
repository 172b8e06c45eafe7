-- How many rows of scorings before one there are.
SELECT count()
FROM casestream.people_progress
WHERE scoring < {scoring:UInt32}
