-- id: C06
-- title: Suspects charged by the CPS
-- grain: suspects in a set of proceedings
-- period: event
-- basis: the day on which charge was authorised and a first hearing was registered
-- polarity: neutral
-- unit: suspects
-- label: published definition
-- agencies: cps
-- by: force, cps_area, home, offence_group, offence_subgroup, flag, sex, ethnicity
-- per_100k: yes
-- words: charged, charged volume, suspects charged
-- definition: Suspects whose charge the CPS authorised and for whom a first hearing is registered in its case management system.
-- source: MoJ, CJS Delivery Data Dashboard data quality note, November 2022, page 17
-- value suspects: count()
SELECT
    greatest(charge_authorised_at, first_hearing_registered_at) AS at, force, cps_area, offence_group,
    offence_subgroup, flags, case_id, person_key, $recorded(sex) AS sex,
    $ethnicity(ethnicity) AS ethnicity
FROM casestream.case_proceedings FINAL
WHERE charged_volume = 1
