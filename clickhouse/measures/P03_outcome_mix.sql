-- id: P03
-- title: Outcomes assigned, by group
-- grain: crimes with an outcome
-- period: closed
-- basis: the day on which the outcome was assigned
-- polarity: neutral
-- unit: per cent
-- label: published definition
-- agencies: police
-- by: force, offence_group, offence_subgroup, flag
-- each: outcome_group
-- words: outcomes, outcome mix, how crimes are closed
-- definition: Share of each group of outcomes among those assigned in the period, which may belong to crimes recorded earlier. The outcome that holds now counts, at its own date.
-- exclusions: open crimes and outcome 0 (not yet assigned); crimes that were cancelled.
-- source: MoJ, CJS Delivery Data Dashboard data quality note, November 2022, page 15; Home Office outcomes framework
-- value share: 100 * count() / nullIf(sum(count()) OVER (PARTITION BY 1), 0)
-- value n (crimes): count()
SELECT outcome_at AS at, force, offence_group, offence_subgroup, flags, case_id, outcome_group
FROM casestream.v_assigned_outcomes
