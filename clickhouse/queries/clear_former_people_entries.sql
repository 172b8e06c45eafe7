-- Remove what only scorings before one made.
DELETE FROM casestream.people_entries
WHERE scoring < {scoring:UInt32}
