-- id: T11
-- title: Defendants who contested the case at the Crown Court
-- grain: defendants in a court case
-- period: closed
-- basis: the day on which the defendant was dealt with
-- polarity: neutral
-- unit: per cent
-- label: published definition
-- agencies: hmcts
-- by: force, court, home, jurisdiction, offence_group, offence_subgroup, flag, custody, sex, age_band, ethnicity, youth
-- words: contested trials, contested share, not guilty pleas
-- definition: Defendants who pleaded not guilty (as T09 has it) among those who entered a plea or whose case was dropped.
-- exclusions: defendants without a plea whose case was not dropped.
-- source: MoJ, CJS Delivery Data Dashboard data quality note, November 2022, page 27
-- value share: 100 * countIf(plea_result = 'not_guilty') / nullIf(count(), 0)
-- value n (defendants): count()
SELECT
    $from_day(completed_on) AS at, force, court_ou, jurisdiction, offence_group, offence_subgroup, flags, case_id,
    person_key,
    $recorded(sex) AS sex, $age_band(age) AS age_band, $ethnicity(ethnicity) AS ethnicity,
    if(youth = 1, 'under 18', '18 or over') AS youth,
    if(remand_status = 'custody', 'custody', 'not in custody') AS custody, plea_result
FROM casestream.case_defendants FINAL
WHERE jurisdiction = 'crown' AND live = 0 AND completed_on IS NOT NULL
    AND plea_result IN ('guilty', 'not_guilty', 'dropped')
