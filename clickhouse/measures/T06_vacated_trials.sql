-- id: T06
-- title: Vacated trials
-- grain: trial listings
-- period: event
-- basis: the day for which the trial was listed
-- polarity: lower_is_better
-- unit: per cent
-- label: published definition
-- agencies: hmcts
-- by: force, court, jurisdiction, offence_group, offence_subgroup, flag
-- words: vacated, vacated trials, taken out of the list
-- definition: Trials that were given a date and taken out of the list before it, as a share of the trials listed and vacated.
-- source: HMCTS, Courts information tool counting guidance; Common Platform marks of vacated trials
-- value share: 100 * countIf(status = 'vacated') / nullIf(count(), 0)
-- value n (listings): count()
-- value vacated (listings): countIf(status = 'vacated')
SELECT $from_day(listed_day) AS at, force, court_ou, jurisdiction, offence_group, offence_subgroup, flags, case_id,
    status
FROM casestream.v_trials
WHERE listed_day <= today() OR status = 'vacated'
