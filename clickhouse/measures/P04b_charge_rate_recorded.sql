-- id: P04b
-- title: Charges over crimes recorded in the same period
-- grain: crimes
-- period: event
-- basis: charges at the day of the outcome, crimes at the day of recording
-- polarity: higher_is_better
-- unit: per cent
-- label: published definition
-- agencies: police
-- by: force, offence_group, offence_subgroup, flag
-- words: charge rate recorded, charges per recorded crime
-- definition: Outcomes 1 assigned in the period over the crimes recorded in it (P01), open and closed: two populations, no cohort.
-- exclusions: as P01; crimes that were cancelled.
-- source: MoJ, CJS Delivery Data Dashboard data quality note, November 2022, pages 14 and 15
-- value rate: 100 * countIf(what = 'charged') / nullIf(countIf(what = 'recorded'), 0)
-- value n (crimes): countIf(what = 'recorded')
-- value charged (crimes): countIf(what = 'charged')
SELECT 'recorded' AS what, recorded_at AS at, force, offence_group, offence_subgroup, flags, case_id
FROM casestream.v_recorded_crimes
UNION ALL
SELECT 'charged', outcome_at, force, offence_group, offence_subgroup, flags, case_id
FROM casestream.v_assigned_outcomes
WHERE outcome_group = 'Charged or summonsed'
