-- The scoring in force, and up to which version all messages of the topic people are in its tables; no row before the first.
SELECT scoring, max(done)
FROM casestream.people_progress
GROUP BY scoring
ORDER BY scoring DESC
LIMIT 1
