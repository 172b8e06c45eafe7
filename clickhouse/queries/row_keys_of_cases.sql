-- The keys of the rows that some cases have, or may have, in the case tables.
SELECT case_id, argMax(row_keys, version) AS row_keys, max(version) AS latest
FROM casestream.case_projections
WHERE case_id IN {keys:Array(String)}
GROUP BY case_id
