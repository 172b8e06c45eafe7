-- The scorings that were added, without their settings; of two with one number the least digest first.
SELECT number, digest, model, snapshot, added_at, added_by, reason
FROM casestream.people_scorings FINAL
ORDER BY number, digest
