-- By agency: of its current records that can belong to a case, the share whose case holds a record of another agency,
-- between 0 and 1 (measure A04).
SELECT agency, round(sumIf(told.records, length(agencies) > 1) / sum(told.records), 4) AS link_rate,
    sum(told.records) AS records
FROM casestream.case_agencies AS told FINAL
GROUP BY agency
ORDER BY agency
