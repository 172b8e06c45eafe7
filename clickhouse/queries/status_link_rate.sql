-- By agency: of its current records that can belong to a case (they have an identifier that links), the share whose
-- case holds a record of another agency, between 0 and 1.
SELECT agency, round(countIf(agencies > 1) / count(), 4) AS link_rate, count() AS records
FROM
(
    SELECT record_id, case_id, agency
    FROM casestream.case_members FINAL
    WHERE record_id IN
    (
        SELECT record_id
        FROM casestream.record_keys FINAL
    )
) AS member
INNER JOIN
(
    SELECT case_id, uniqExact(agency) AS agencies
    FROM casestream.case_members FINAL
    GROUP BY case_id
) AS of_case USING (case_id)
GROUP BY agency
ORDER BY agency
