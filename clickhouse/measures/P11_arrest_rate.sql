-- id: P11
-- title: Arrests for each hundred crimes
-- grain: arrests and crimes
-- period: event
-- basis: arrests at their own day, crimes at the day of recording
-- polarity: neutral
-- unit: arrests per 100 crimes
-- label: published definition
-- agencies: police
-- by: force, offence_group, flag
-- words: arrest rate, arrests
-- definition: Arrests made in the period for each 100 crimes recorded in it (P01). A crime with two arrests counts two.
-- exclusions: as P01.
-- source: ONS, Domestic abuse and the criminal justice system, November 2020
-- value rate: 100 * countIf(what = 'arrest') / nullIf(countIf(what = 'crime'), 0)
-- value n (crimes): countIf(what = 'crime')
-- value arrests (arrests): countIf(what = 'arrest')
SELECT 'crime' AS what, recorded_at AS at, force, offence_group, flags, case_id
FROM casestream.v_recorded_crimes
UNION ALL
SELECT 'arrest', arrest_at, force, offence_group, flags, case_id
FROM casestream.case_arrests FINAL
