-- id: C11
-- title: Guilty pleas at the first hearing where one was expected
-- grain: defendants in a set of proceedings
-- period: event
-- basis: the day of the first hearing
-- polarity: higher_is_better
-- unit: per cent
-- label: published definition
-- agencies: cps, hmcts
-- by: force, cps_area, home, offence_group, offence_subgroup, flag, sex, ethnicity
-- words: anticipated guilty plea, gap plea, guilty plea at first hearing
-- definition: Defendants who pleaded guilty, or indicated it, at their first hearing, among those of whom a guilty plea was expected.
-- source: MoJ, CJS Delivery Data Dashboard data quality note, November 2022, page 18
-- value rate: 100 * countIf(first_hearing_plea = 'guilty') / nullIf(count(), 0)
-- value n (defendants): count()
SELECT
    $from_day(first_hearing_on) AS at, force, cps_area, offence_group, offence_subgroup, flags, case_id, person_key,
    $recorded(sex) AS sex,
    $ethnicity(ethnicity) AS ethnicity, first_hearing_plea
FROM casestream.case_proceedings FINAL
WHERE anticipated_plea = 'guilty' AND first_hearing_on IS NOT NULL
