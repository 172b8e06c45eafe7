-- id: P08
-- title: Evidential difficulties although the victim supports
-- grain: crimes with an outcome
-- period: closed
-- basis: the day on which the outcome was assigned
-- polarity: lower_is_better
-- unit: per cent
-- label: published definition
-- agencies: police
-- by: force, offence_group, offence_subgroup, flag
-- words: evidential difficulties, insufficient evidence, outcome 15
-- definition: Outcome 15 (suspect identified, victim supports, evidential difficulties) among all outcomes assigned in the period.
-- exclusions: open crimes and outcome 0; crimes that were cancelled.
-- source: Home Office, police recorded crime and outcomes open data, user guide
-- supplied: countIf(untyped) = 0
-- value rate: if(countIf(untyped) > 0, NULL, 100 * countIf(outcome_type = '15') / nullIf(count(), 0))
-- value n (crimes): count()
-- value evidential (crimes): countIf(outcome_type = '15')
SELECT outcome_at AS at, force, offence_group, offence_subgroup, flags, case_id, outcome_type, untyped
FROM casestream.v_assigned_outcomes
