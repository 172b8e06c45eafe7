-- How many persons need attention.
SELECT count()
FROM casestream.v_people
WHERE status = 'needs attention'
