-- id: LINK
-- title: Link rate by agency
-- grain: records that tell of a case
-- basis: the records as they are now
-- polarity: higher_is_better
-- unit: per cent
-- label: linked cohort
-- definition: Of an agency's current records that can belong to a case, the share whose case holds a record of another agency. Most crimes never leave the police, so the police's share is low by nature; that of the courts and of prisons and probation should be near 100.
-- source: casestream
-- value rate: round(100 * countIf(agencies > 1) / nullIf(count(), 0), 1)
-- value records: count()
SELECT record_id, agency, kind, agencies
FROM casestream.v_case_members
INNER JOIN
(
    SELECT case_id, uniqExact(agency) AS agencies
    FROM casestream.v_case_members
    GROUP BY case_id
) AS of_case USING case_id
WHERE kind NOT IN (
    'police.stop_search', 'court.session', 'court.match', 'hmpps.prisoner', 'hmpps.probation_case',
    'hmpps.prison_capacity', 'hmpps.notice', 'hmpps.merge', 'hmpps.unmerge',
    'hmpps.person_decision'
)
