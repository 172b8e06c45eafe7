-- id: S06
-- title: Custody time limits that are about to expire
-- grain: defendants in custody
-- period: snapshot
-- basis: the end of the period
-- polarity: lower_is_better
-- unit: defendants
-- label: live proxy
-- agencies: hmcts
-- by: force, court, home, jurisdiction, offence_group, offence_subgroup, flag, youth
-- words: custody time limits, ctl, time limits expire
-- definition: Defendants in custody with a live case whose custody time limit expires within 28 days after the end of the period; within 14 and 7 days, those whose limit has passed, and those whose limit was extended.
-- exclusions: defendants without a limit in the data. Custody and limit are as known now.
-- source: casestream; the field is that of Common Platform
-- value within_28_days: countIf(days BETWEEN 0 AND 28)
-- value within_14_days (defendants): countIf(days BETWEEN 0 AND 14)
-- value within_7_days (defendants): countIf(days BETWEEN 0 AND 7)
-- value passed (defendants): countIf(days < 0)
-- value extended (defendants): countIf(ctl_extended = 1)
SELECT
    $__toTime AS at, force, court_ou, jurisdiction, offence_group, offence_subgroup, flags, case_id, person_key,
    if(youth = 1, 'under 18', '18 or over') AS youth, ctl_extended,
    assumeNotNull(dateDiff('day', toDate32($__toTime, 'Europe/London'), ctl_on)) AS days
FROM casestream.case_defendants FINAL
WHERE remand_status = 'custody' AND ctl_on IS NOT NULL AND live = 1
