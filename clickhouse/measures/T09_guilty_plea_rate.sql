-- id: T09
-- title: Guilty plea rate at the Crown Court
-- grain: defendants in a court case
-- period: closed
-- basis: the day on which the defendant was dealt with
-- polarity: neutral
-- unit: per cent
-- label: published definition
-- agencies: hmcts
-- by: force, court, home, jurisdiction, offence_group, offence_subgroup, flag, custody, sex, age_band, ethnicity, youth
-- words: guilty plea, guilty plea rate, pleas
-- definition: Defendants who pleaded guilty among those who entered a plea or whose case was dropped. Guilty: to all counts; to some, with no jury sworn on the others; or to alternatives that were accepted with no jury sworn on the rest.
-- exclusions: defendants without a plea whose case was not dropped.
-- source: MoJ, CJS Delivery Data Dashboard data quality note, November 2022, page 28
-- value rate: 100 * countIf(plea_result = 'guilty') / nullIf(count(), 0)
-- value n (defendants): count()
-- value not_guilty (per cent): 100 * countIf(plea_result = 'not_guilty') / nullIf(count(), 0)
-- value dropped (per cent): 100 * countIf(plea_result = 'dropped') / nullIf(count(), 0)
-- value before_trial (per cent): 100 * countIf(plea_result = 'guilty' AND plea_stage = 'before_trial') / nullIf(countIf(plea_result = 'guilty'), 0)
SELECT
    $from_day(completed_on) AS at, force, court_ou, jurisdiction, offence_group, offence_subgroup, flags, case_id,
    person_key,
    $recorded(sex) AS sex, $age_band(age) AS age_band, $ethnicity(ethnicity) AS ethnicity,
    if(youth = 1, 'under 18', '18 or over') AS youth,
    if(remand_status = 'custody', 'custody', 'not in custody') AS custody, plea_result, plea_stage
FROM casestream.case_defendants FINAL
WHERE jurisdiction = 'crown' AND live = 0 AND completed_on IS NOT NULL
    AND plea_result IN ('guilty', 'not_guilty', 'dropped')
