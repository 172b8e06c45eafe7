-- id: P12
-- title: Open investigations and their age
-- grain: crimes without an outcome
-- period: snapshot
-- basis: the end of the period
-- polarity: lower_is_better
-- unit: crimes
-- label: live proxy
-- agencies: police
-- by: force, offence_group, offence_subgroup, flag
-- per_100k: yes
-- words: open investigations, open crimes, police backlog
-- definition: Recorded crimes (P01) that had no outcome at the end of the period, by age since recording in days.
-- exclusions: as P01.
-- source: casestream
-- value open: count()
-- value median_age (days): quantileExactInclusiveOrNull(0.5)(age)
-- value days_0_to_30 (crimes): countIf(age <= 30)
-- value days_31_to_90 (crimes): countIf(age BETWEEN 31 AND 90)
-- value days_91_to_180 (crimes): countIf(age BETWEEN 91 AND 180)
-- value days_181_to_365 (crimes): countIf(age BETWEEN 181 AND 365)
-- value days_over_365 (crimes): countIf(age > 365)
SELECT
    $__toTime AS at, force, offence_group, offence_subgroup, flags, case_id,
    assumeNotNull(dateDiff('day', recorded_at, $__toTime, 'Europe/London')) AS age
FROM casestream.v_recorded_crimes
WHERE recorded_at <= $__toTime AND (outcome_at IS NULL OR outcome_at > $__toTime)
