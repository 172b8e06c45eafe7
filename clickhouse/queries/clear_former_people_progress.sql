-- Remove what only scorings before one made.
DELETE FROM casestream.people_progress
WHERE scoring < {scoring:UInt32}
