-- id: C15
-- title: Victim attrition after charge
-- grain: defendants in a set of proceedings
-- period: closed
-- basis: the day on which the CPS finalised the defendant
-- polarity: lower_is_better
-- unit: per cent
-- label: published definition
-- agencies: cps
-- by: force, cps_area, home, offence_group, offence_subgroup, flag, sex, ethnicity
-- words: post-charge victim attrition, complainant does not support, victims withdraw after charge
-- definition: Non-convictions because the complainant no longer supports, does not support or refuses to attend: as a share of the non-convictions (the published figure), and of all completed prosecutions.
-- exclusions: defendants finalised administratively.
-- source: MoJ, CJS Delivery Data Dashboard data quality note, November 2022, page 16
-- value of_non_convictions: 100 * countIf(victim_reason) / nullIf(countIf(convicted = 0), 0)
-- value n (defendants): countIf(convicted = 0)
-- value of_completed (per cent): 100 * countIf(victim_reason) / nullIf(count(), 0)
-- value completed (defendants): count()
-- value victim_reason_n (defendants): countIf(victim_reason)
SELECT
    completed_at AS at, force, cps_area, offence_group, offence_subgroup, flags, case_id,
    person_key, $recorded(sex) AS sex,
    $ethnicity(ethnicity) AS ethnicity,
    assumeNotNull(convicted) AS convicted,
    convicted = 0 AND (nonconviction_reason LIKE 'complainant%' OR nonconviction_reason LIKE 'victim%') AS victim_reason
FROM casestream.case_proceedings FINAL
WHERE completed_at IS NOT NULL AND final_result != 'administratively_finalised'
