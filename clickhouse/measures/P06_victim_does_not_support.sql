-- id: P06
-- title: Crimes closed because the victim does not support
-- grain: crimes with an outcome
-- period: closed
-- basis: the day on which the outcome was assigned
-- polarity: lower_is_better
-- unit: per cent
-- label: published definition
-- agencies: police
-- by: force, offence_group, offence_subgroup, flag
-- words: victim attrition, victim does not support, withdrawal, victim withdraws, victims drop out
-- definition: Outcomes 14 and 16 (evidential difficulties, the victim does not support) among all outcomes assigned in the period.
-- exclusions: open crimes and outcome 0; crimes that were cancelled.
-- source: MoJ, CJS Delivery Data Dashboard data quality note, November 2022, page 12
-- supplied: countIf(untyped) = 0
-- value rate: if(countIf(untyped) > 0, NULL, 100 * countIf(outcome_type IN ('14', '16')) / nullIf(count(), 0))
-- value n (crimes): count()
-- value victim_does_not_support (crimes): countIf(outcome_type IN ('14', '16'))
SELECT outcome_at AS at, force, offence_group, offence_subgroup, flags, case_id, outcome_type, untyped
FROM casestream.v_assigned_outcomes
