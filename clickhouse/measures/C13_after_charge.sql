-- id: C13
-- title: Defendants after charge
-- grain: defendants in a court case
-- period: snapshot
-- basis: the end of the period
-- polarity: lower_is_better
-- unit: defendants
-- label: published definition
-- agencies: hmcts
-- by: force, court, home, jurisdiction, offence_group, offence_subgroup, flag, custody, sex, age_band, ethnicity, youth
-- per_100k: yes
-- words: post-charge caseload, live defendants
-- definition: Defendants who were charged, or first before a court, by the end of the period and whose case was not completed then, in magistrates' courts and the Crown Court.
-- exclusions: cases for sentence and appeals. Extradition and confiscation cannot be told apart in the data.
-- source: MoJ, CJS Delivery Data Dashboard data quality note, November 2022, page 20
-- value defendants: count()
-- value magistrates (defendants): countIf(jurisdiction = 'magistrates')
-- value crown (defendants): countIf(jurisdiction = 'crown')
SELECT
    $__toTime AS at, force, court_ou, jurisdiction, offence_group, offence_subgroup, flags, case_id, person_key,
    $recorded(sex) AS sex, $age_band(age) AS age_band, $ethnicity(ethnicity) AS ethnicity,
    if(youth = 1, 'under 18', '18 or over') AS youth,
    if(remand_status = 'custody', 'custody', 'not in custody') AS custody
FROM casestream.case_defendants FINAL
WHERE toDateTime(coalesce(charge_on, first_hearing_on), 'Europe/London') <= $__toTime
    AND (live = 1 OR $from_day(completed_on) > $__toTime)
    AND NOT hasAny(excluded, ['appeal', 'for_sentence'])
