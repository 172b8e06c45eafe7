-- Remove what only scorings before one made.
DELETE FROM casestream.people
WHERE scoring < {scoring:UInt32}
