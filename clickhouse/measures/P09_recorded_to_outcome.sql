-- id: P09
-- title: Recording to charge, and to a positive outcome
-- grain: crimes with an outcome
-- period: closed
-- basis: the day on which the outcome was assigned
-- polarity: lower_is_better
-- unit: days
-- label: published definition
-- agencies: police
-- by: force, offence_group, offence_subgroup, flag
-- words: recorded to charge, days to charge, days to outcome, police timeliness
-- definition: Median calendar days in Europe/London from the recording of a crime to its outcome: charged or summonsed, and any positive outcome (P05), victim-based and state-based crime apart.
-- exclusions: other outcomes; outcomes that are dated before the recording, and dates known only to the month, counted apart; crimes that were cancelled.
-- source: MoJ, CJS Delivery Data Dashboard data quality note, November 2022, pages 11 and 12
-- supplied: countIf(by_month = 0) > 0
-- value to_charge: quantileExactInclusiveOrNullIf(0.5)(days, charged AND days >= 0)
-- value n (crimes): countIf(charged AND days >= 0)
-- value mean_to_charge (days): avgOrNullIf(days, charged AND days >= 0)
-- value p90_to_charge (days): quantileExactInclusiveOrNullIf(0.9)(days, charged AND days >= 0)
-- value to_charge_victim_based (days): quantileExactInclusiveOrNullIf(0.5)(days, charged AND days >= 0 AND victim_based = 1)
-- value to_charge_state_based (days): quantileExactInclusiveOrNullIf(0.5)(days, charged AND days >= 0 AND victim_based = 0)
-- value to_positive (days): quantileExactInclusiveOrNullIf(0.5)(days, days >= 0)
-- value n_positive (crimes): countIf(days >= 0)
-- value to_positive_victim_based (days): quantileExactInclusiveOrNullIf(0.5)(days, days >= 0 AND victim_based = 1)
-- value to_positive_state_based (days): quantileExactInclusiveOrNullIf(0.5)(days, days >= 0 AND victim_based = 0)
-- value before_recording (crimes): countIf(days < 0)
-- value known_to_the_month (crimes): countIf(by_month = 1)
SELECT
    outcome_at AS at, force, offence_group, offence_subgroup, flags, case_id, victim_based,
    if(by_month = 1, NULL, days_to_outcome) AS days, outcome_group = 'Charged or summonsed' AS charged,
    recorded_precision = 'month' OR outcome_precision = 'month' AS by_month
FROM casestream.v_assigned_outcomes
WHERE recorded_at IS NOT NULL AND outcome_group IN (
    'Charged or summonsed', 'Taken into consideration', 'Out of court, formal', 'Out of court, informal'
)
