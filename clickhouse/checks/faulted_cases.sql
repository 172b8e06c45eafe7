-- title: cases that could not be projected
-- settled: no
-- remedy: the case keeps the rows it had. Report the error with the case id; when it is mended and every worker runs
--   the new code, `casestream reproject --faulted`.
SELECT case_id, error, count() OVER () AS found
FROM casestream.case_faults FINAL
ORDER BY case_id
LIMIT {most:UInt32}
