-- id: C12
-- title: Suspects before charge
-- grain: suspects in a set of proceedings
-- period: snapshot
-- basis: the end of the period
-- polarity: lower_is_better
-- unit: suspects
-- label: published definition
-- agencies: cps
-- by: force, cps_area, home, offence_group, offence_subgroup, flag, sex, ethnicity
-- per_100k: yes
-- words: pre-charge caseload, waiting for a charging decision
-- definition: Suspects who were referred by the end of the period and had no legal decision then, those returned to the police among them, with the days since their first referral.
-- source: MoJ, CJS Delivery Data Dashboard data quality note, November 2022, page 20
-- value suspects: count()
-- value median_age (days): quantileExactInclusiveOrNull(0.5)(days)
-- value over_90_days (suspects): countIf(days > 90)
SELECT
    $__toTime AS at, force, cps_area, offence_group, offence_subgroup, flags, case_id,
    person_key, $recorded(sex) AS sex,
    $ethnicity(ethnicity) AS ethnicity,
    assumeNotNull(dateDiff('day', first_referral_at, $__toTime, 'Europe/London')) AS days
FROM casestream.case_proceedings FINAL
WHERE first_referral_at <= $__toTime
    AND (legal = 0 OR decision_at > $__toTime)
    AND (completed_at IS NULL OR completed_at > $__toTime)
