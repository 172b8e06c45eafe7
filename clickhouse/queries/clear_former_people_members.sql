-- Remove what only scorings before one made.
DELETE FROM casestream.people_members
WHERE scoring < {scoring:UInt32}
