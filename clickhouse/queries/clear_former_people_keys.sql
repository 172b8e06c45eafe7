-- Remove what only scorings before one made.
DELETE FROM casestream.people_keys
WHERE scoring < {scoring:UInt32}
