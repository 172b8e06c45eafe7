-- id: P01
-- title: Recorded crime
-- grain: crimes
-- period: event
-- basis: the day a crime was recorded
-- polarity: neutral
-- unit: crimes
-- label: published definition
-- agencies: police
-- by: force, offence_group, offence_subgroup, flag
-- per_100k: yes
-- words: crimes, recorded crimes, offences recorded, how much crime
-- definition: Notifiable offences recorded by the 43 territorial forces, by the date of recording.
-- exclusions: British Transport Police and forces beyond England and Wales; fraud and computer misuse (recorded nationally); crimes cancelled or transferred.
-- source: MoJ, CJS Delivery Data Dashboard data quality note, November 2022, page 4
-- value crimes: count()
SELECT recorded_at AS at, force, offence_group, offence_subgroup, flags, case_id
FROM casestream.v_recorded_crimes
