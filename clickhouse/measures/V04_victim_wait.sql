-- id: V04
-- title: Days that victims wait
-- grain: victims of a crime that came to court
-- period: closed
-- basis: the day on which the last defendant was dealt with
-- polarity: lower_is_better
-- unit: days
-- label: linked cohort
-- agencies: police, hmcts
-- by: force, home, offence_group, offence_subgroup, flag, sex, age_band, ethnicity, vulnerable, relationship
-- words: victim wait, how long victims wait, report to completion
-- definition: Median calendar days in Europe/London from the report, else the recording, of a crime to the day on which all its defendants had been dealt with.
-- exclusions: organisations and the state as victims; crimes that are not completed at court.
-- source: casestream
-- value median: quantileExactInclusiveOrNullIf(0.5)(days, days >= 0)
-- value n (victims): countIf(days >= 0)
-- value mean (days): avgOrNullIf(days, days >= 0)
-- value p90 (days): quantileExactInclusiveOrNullIf(0.9)(days, days >= 0)
SELECT
    $from_day(completed_on) AS at, force, offence_group, offence_subgroup, flags, case_id,
    person_key, $recorded(sex) AS sex,
    $victim_age_band(age) AS age_band, $ethnicity(ethnicity) AS ethnicity,
    multiIf(vulnerable = 1, 'vulnerable', vulnerable = 0, 'not vulnerable', 'Not recorded') AS vulnerable,
    $recorded(relationship) AS relationship,
    assumeNotNull(dateDiff(
        'day', toDate32(coalesce(reported_at, recorded_at), 'Europe/London'), completed_on
    )) AS days
FROM casestream.case_victims FINAL
WHERE kind = 'person' AND completed_on IS NOT NULL
