-- id: P05
-- title: Positive outcomes
-- grain: crimes with an outcome
-- period: closed
-- basis: the day on which the outcome was assigned
-- polarity: higher_is_better
-- unit: per cent
-- label: published definition
-- agencies: police
-- by: force, offence_group, offence_subgroup, flag
-- words: positive outcome, successful outcome, detection rate, solved
-- definition: Outcomes 1, 2, 3, 4, 6 (formal) and 7, 8 (informal) among all outcomes assigned in the period. The wider set, which some forces publish, adds diversionary activity (22).
-- exclusions: open crimes and outcome 0; crimes that were cancelled.
-- source: MoJ, CJS Delivery Data Dashboard data quality note, November 2022, page 15
-- value rate: 100 * countIf(became IN ('formal', 'informal')) / nullIf(count(), 0)
-- value n (crimes): count()
-- value formal (per cent): 100 * countIf(became = 'formal') / nullIf(count(), 0)
-- value informal (per cent): 100 * countIf(became = 'informal') / nullIf(count(), 0)
-- value victim_based (per cent): 100 * countIf(became IN ('formal', 'informal') AND based = 1) / nullIf(countIf(based = 1), 0)
-- value state_based (per cent): 100 * countIf(became IN ('formal', 'informal') AND based = 0) / nullIf(countIf(based = 0), 0)
-- value with_diversionary (per cent): 100 * countIf(became != '') / nullIf(count(), 0)
SELECT
    outcome_at AS at, force, offence_group, offence_subgroup, flags, case_id, victim_based AS based,
    multiIf(
        outcome_group IN ('Charged or summonsed', 'Taken into consideration', 'Out of court, formal'), 'formal',
        outcome_group = 'Out of court, informal', 'informal',
        outcome_group = 'Diversionary, educational or intervention activity', 'diversionary', ''
    ) AS became
FROM casestream.v_assigned_outcomes
