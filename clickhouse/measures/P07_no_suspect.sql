-- id: P07
-- title: No suspect identified
-- grain: crimes with an outcome
-- period: closed
-- basis: the day on which the outcome was assigned
-- polarity: lower_is_better
-- unit: per cent
-- label: published definition
-- agencies: police
-- by: force, offence_group, offence_subgroup, flag
-- words: no suspect, unsolved, outcome 18
-- definition: Outcome 18 (investigation complete, no suspect identified) among all outcomes assigned in the period.
-- exclusions: open crimes and outcome 0; crimes that were cancelled.
-- source: MoJ, CJS Delivery Data Dashboard data quality note, November 2022, page 13
-- value rate: 100 * countIf(no_suspect) / nullIf(count(), 0)
-- value n (crimes): count()
-- value victim_based (per cent): 100 * countIf(no_suspect AND based = 1) / nullIf(countIf(based = 1), 0)
-- value state_based (per cent): 100 * countIf(no_suspect AND based = 0) / nullIf(countIf(based = 0), 0)
SELECT
    outcome_at AS at, force, offence_group, offence_subgroup, flags, case_id, victim_based AS based,
    outcome_group = 'No suspect identified' AS no_suspect
FROM casestream.v_assigned_outcomes
