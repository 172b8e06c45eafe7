-- How many announcements of projectors are below the furthest of the same holder.
SELECT sum(ends - 1) AS rows
FROM
(
    SELECT uniqExact(end) AS ends
    FROM casestream.projector_fences
    GROUP BY partition, token, owner
)
