-- id: T05
-- title: Trial effectiveness
-- grain: trial listings
-- period: event
-- basis: the first sitting day of the listing
-- polarity: higher_is_better
-- unit: per cent
-- label: published definition
-- agencies: hmcts
-- by: force, court, jurisdiction, offence_group, offence_subgroup, flag
-- words: effective trials, cracked, ineffective, trial effectiveness, trials go ahead
-- definition: Of the trials in the list on their day: effective (it went ahead), cracked (it did not and needs no new date), ineffective (it did not and needs one). One listing is one hearing and first sitting day, whatever its cases, defendants and days.
-- exclusions: vacated trials; listings for which nothing is recorded, counted apart.
-- source: MoJ, CJS Delivery Data Dashboard data quality note, November 2022, pages 27 and 28
-- value effective: 100 * countIf(status = 'effective') / nullIf(countIf(status IN ('effective', 'cracked', 'ineffective')), 0)
-- value cracked (per cent): 100 * countIf(status = 'cracked') / nullIf(countIf(status IN ('effective', 'cracked', 'ineffective')), 0)
-- value ineffective (per cent): 100 * countIf(status = 'ineffective') / nullIf(countIf(status IN ('effective', 'cracked', 'ineffective')), 0)
-- value n (listings): countIf(status IN ('effective', 'cracked', 'ineffective'))
-- value not_recorded (listings): countIf(status = 'listed')
SELECT $from_day(listed_day) AS at, force, court_ou, jurisdiction, offence_group, offence_subgroup, flags, case_id,
    status
FROM casestream.v_trials
WHERE listed_day <= today()
