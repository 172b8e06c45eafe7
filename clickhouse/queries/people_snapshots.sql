-- The snapshots of term frequencies that are complete.
SELECT number, snapshot, records, taken_at, taken_by, reason
FROM casestream.people_snapshots FINAL
ORDER BY number, snapshot
