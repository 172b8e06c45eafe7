-- id: T10
-- title: Stage of the guilty plea at the Crown Court
-- grain: defendants who pleaded guilty
-- period: closed
-- basis: the day on which the defendant was dealt with
-- polarity: neutral
-- unit: per cent
-- label: published definition
-- agencies: hmcts
-- by: force, court, home, jurisdiction, offence_group, offence_subgroup, flag, custody, sex, age_band, ethnicity, youth
-- each: plea_stage
-- words: stage of plea, late guilty pleas, when they plead guilty
-- definition: When defendants who pleaded guilty did so: before the trial, at a cracked trial, or after the trial had begun.
-- source: MoJ, CJS Delivery Data Dashboard data quality note, November 2022, page 28
-- value share: 100 * count() / nullIf(sum(count()) OVER (PARTITION BY 1), 0)
-- value n (defendants): count()
SELECT
    $from_day(completed_on) AS at, force, court_ou, jurisdiction, offence_group, offence_subgroup, flags, case_id,
    person_key,
    $recorded(sex) AS sex, $age_band(age) AS age_band, $ethnicity(ethnicity) AS ethnicity,
    if(youth = 1, 'under 18', '18 or over') AS youth,
    if(remand_status = 'custody', 'custody', 'not in custody') AS custody, $recorded(plea_stage) AS plea_stage
FROM casestream.case_defendants FINAL
WHERE jurisdiction = 'crown' AND live = 0 AND completed_on IS NOT NULL AND plea_result = 'guilty'
