-- id: P04a
-- title: Charge rate of the outcomes assigned
-- grain: crimes with an outcome
-- period: closed
-- basis: the day on which the outcome was assigned
-- polarity: higher_is_better
-- unit: per cent
-- label: published definition
-- agencies: police
-- by: force, offence_group, offence_subgroup, flag
-- words: charge rate, police charge rate, outcome 1
-- definition: Charged or summonsed (outcome 1) among all outcomes assigned in the period.
-- exclusions: open crimes and outcome 0; crimes that were cancelled.
-- source: MoJ, CJS Delivery Data Dashboard data quality note, November 2022, page 14
-- value rate: 100 * countIf(outcome_group = 'Charged or summonsed') / nullIf(count(), 0)
-- value n (crimes): count()
-- value charged (crimes): countIf(outcome_group = 'Charged or summonsed')
SELECT outcome_at AS at, force, offence_group, offence_subgroup, flags, case_id, outcome_group
FROM casestream.v_assigned_outcomes
