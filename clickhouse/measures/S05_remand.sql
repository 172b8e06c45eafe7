-- id: S05
-- title: Remand in custody
-- grain: defendants in a court case
-- period: closed
-- basis: the day on which the defendant was dealt with
-- polarity: neutral
-- unit: per cent
-- label: published definition
-- agencies: hmcts
-- by: force, court, home, jurisdiction, offence_group, offence_subgroup, flag, sex, age_band, ethnicity, youth
-- words: remand, remanded, days on remand, bail
-- definition: Defendants dealt with in the period who were remanded in custody at any time, the days that they spent there, and the share of them who were then acquitted or dropped, or sentenced to something other than custody.
-- exclusions: defendants whose days are not known are in no mean.
-- source: MoJ, CJS Delivery Data Dashboard data quality note, November 2022; the rest is general usage
-- value remanded: 100 * countIf(held) / nullIf(count(), 0)
-- value n (defendants): count()
-- value mean_days (days): avgOrNullIf(remanded_days, held)
-- value remanded_n (defendants): countIf(held)
-- value then_not_convicted (per cent): 100 * countIf(held AND result IN ('acquitted', 'dropped')) / nullIf(countIf(held), 0)
-- value then_no_custody (per cent): 100 * countIf(held AND result = 'convicted' AND sentence_type != 'custody') / nullIf(countIf(held), 0)
SELECT
    $from_day(completed_on) AS at, force, court_ou, jurisdiction, offence_group, offence_subgroup, flags, case_id,
    person_key,
    $recorded(sex) AS sex, $age_band(age) AS age_band, $ethnicity(ethnicity) AS ethnicity,
    if(youth = 1, 'under 18', '18 or over') AS youth,
    ifNull(remanded_days, 0) > 0 OR remand_status = 'custody' AS held, remanded_days, result, sentence_type
FROM casestream.case_defendants FINAL
WHERE live = 0 AND completed_on IS NOT NULL
