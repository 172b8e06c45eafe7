-- id: P02
-- title: Victim-based and state-based crime
-- grain: crimes
-- period: event
-- basis: the day a crime was recorded
-- polarity: neutral
-- unit: crimes
-- label: published definition
-- agencies: police
-- by: force, offence_group, offence_subgroup, flag
-- each: based
-- per_100k: yes
-- words: victim-based, state-based
-- definition: Recorded crime (P01) with a specific identifiable victim, person or organisation, and crime against the state: drugs, weapons, public order and other crimes against society.
-- exclusions: as P01.
-- source: MoJ, CJS Delivery Data Dashboard data quality note, November 2022, page 15
-- value crimes: count()
-- value share (per cent): 100 * count() / nullIf(sum(count()) OVER (PARTITION BY 1), 0)
SELECT
    recorded_at AS at, force, offence_group, offence_subgroup, flags, case_id,
    multiIf(victim_based = 1, 'victim-based', victim_based = 0, 'state-based', 'Not recorded') AS based
FROM casestream.v_recorded_crimes
