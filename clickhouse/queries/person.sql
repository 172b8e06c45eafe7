-- A person: side, status, what needs attention.
SELECT side, status, attention, several
FROM casestream.people FINAL
WHERE person_id = {person:String} AND scoring = (SELECT max(scoring) FROM casestream.people_progress)
