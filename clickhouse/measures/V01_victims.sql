-- id: V01
-- title: Victims and who they are
-- grain: people who are victims of a crime
-- period: event
-- basis: the day on which the crime was recorded
-- polarity: neutral
-- unit: victims
-- label: live proxy
-- agencies: police
-- by: force, home, offence_group, offence_subgroup, flag, sex, age_band, ethnicity, vulnerable, relationship
-- words: victims, victim profile, who are the victims, victims by sex and age
-- definition: People who are victims of a crime recorded in the period, each once however many crimes; by sex, age at the crime, ethnicity, vulnerability and relationship to the suspect, with those for whom it is not recorded as a group of their own.
-- exclusions: organisations and the state as victims; crimes that were cancelled.
-- source: casestream
-- value victims: uniqExact(victim_id)
-- value crimes (crimes): uniqExact(crime_id)
-- value sex_recorded (per cent): 100 * countIf(sex != 'Not recorded') / nullIf(count(), 0)
-- value age_recorded (per cent): 100 * countIf(age_known) / nullIf(count(), 0)
-- value ethnicity_recorded (per cent): 100 * countIf(ethnicity != 'Not recorded') / nullIf(count(), 0)
SELECT
    recorded_at AS at, crime_id, victim_id, force, offence_group, offence_subgroup, flags, case_id, person_key,
    $recorded(sex) AS sex,
    $victim_age_band(age) AS age_band, age IS NOT NULL AS age_known, $ethnicity(ethnicity) AS ethnicity,
    multiIf(vulnerable = 1, 'vulnerable', vulnerable = 0, 'not vulnerable', 'Not recorded') AS vulnerable,
    $recorded(relationship) AS relationship
FROM casestream.case_victims FINAL
WHERE kind = 'person' AND (case_id, crime_id) NOT IN (
    SELECT case_id, crime_id FROM casestream.case_crimes FINAL WHERE cancelled_at IS NOT NULL
)
