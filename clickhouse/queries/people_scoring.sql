-- A scoring with its settings.
SELECT model, settings, snapshot
FROM casestream.people_scorings
WHERE number = {number:UInt32} AND digest = {digest:String}
LIMIT 1
