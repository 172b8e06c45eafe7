-- title: cases that were not projected since link changed them
-- settled: yes
-- remedy: `casestream reproject CASE` projects it. Report it with the case id.
SELECT case_id, linked, projected, count() OVER () AS found
FROM
(
    SELECT case_id, max(version) AS linked
    FROM casestream.case_members FINAL
    GROUP BY case_id
) AS of_link
LEFT JOIN
(
    SELECT case_id, max(version) AS projected
    FROM casestream.case_projections
    GROUP BY case_id
) AS of_project USING (case_id)
WHERE projected < linked
ORDER BY case_id
LIMIT {most:UInt32}
