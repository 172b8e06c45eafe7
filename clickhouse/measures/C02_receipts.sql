-- id: C02
-- title: Receipts for a charging decision
-- grain: suspects in a set of proceedings
-- period: event
-- basis: the day on which the first consultation for a charging decision was completed
-- polarity: neutral
-- unit: suspects
-- label: published definition
-- agencies: cps
-- by: force, cps_area, home, offence_group, offence_subgroup, flag, sex, ethnicity
-- per_100k: yes
-- words: cps receipts, receipts for a charging decision
-- definition: Suspects whose first consultation for a charging decision has been completed.
-- source: MoJ, CJS Delivery Data Dashboard data quality note, November 2022, pages 5 and 20
-- value suspects: count()
SELECT
    receipt_at AS at, force, cps_area, offence_group, offence_subgroup, flags, case_id,
    person_key, $recorded(sex) AS sex,
    $ethnicity(ethnicity) AS ethnicity
FROM casestream.case_proceedings FINAL
