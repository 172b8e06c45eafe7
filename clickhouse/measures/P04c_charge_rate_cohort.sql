-- id: P04c
-- title: Share of recorded crimes charged by now
-- grain: crimes
-- period: cohort
-- basis: the day on which the crime was recorded
-- polarity: higher_is_better
-- unit: per cent
-- label: linked cohort
-- agencies: police
-- by: force, offence_group, offence_subgroup, flag
-- words: charge rate cohort, charged within, charge maturity
-- definition: Of the crimes recorded in the period (P01), the share that is charged now, and that was within 30, 90, 180 and 365 days. A share by a day counts only crimes that are as old as that at the latest event that the data tell. A crime whose outcome was changed back is charged no more.
-- exclusions: as P01.
-- source: casestream
-- mature: countIf(age >= 90) * 2 >= count()
-- value to_date: 100 * countIf(days IS NOT NULL) / nullIf(count(), 0)
-- value n (crimes): count()
-- value charged (crimes): countIf(days IS NOT NULL)
-- value day_30 (per cent): 100 * countIf(age >= 30 AND days <= 30) / nullIf(countIf(age >= 30), 0)
-- value day_90 (per cent): 100 * countIf(age >= 90 AND days <= 90) / nullIf(countIf(age >= 90), 0)
-- value day_180 (per cent): 100 * countIf(age >= 180 AND days <= 180) / nullIf(countIf(age >= 180), 0)
-- value day_365 (per cent): 100 * countIf(age >= 365 AND days <= 365) / nullIf(countIf(age >= 365), 0)
SELECT
    recorded_at AS at, force, offence_group, offence_subgroup, flags, case_id,
    dateDiff('day', recorded_at, charge_outcome_at, 'Europe/London') AS days,
    dateDiff('day', recorded_at, (SELECT latest_at FROM casestream.v_data_span), 'Europe/London') AS age
FROM casestream.v_recorded_crimes
