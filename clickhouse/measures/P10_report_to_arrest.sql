-- id: P10
-- title: Report to first arrest
-- grain: crimes with an arrest
-- period: closed
-- basis: the day of the first arrest of any linked suspect
-- polarity: lower_is_better
-- unit: elapsed days
-- label: linked cohort
-- agencies: police
-- by: force, offence_group, offence_subgroup, flag
-- words: report to arrest, time to arrest, days to arrest, how long until an arrest
-- definition: Days from the report (the incident's, else the crime's, else the recording) to the first arrest of any linked suspect. Elapsed time where both ends are timed, calendar days in Europe/London where one is only a date.
-- exclusions: crimes without an arrest; arrests before the report, which are counted apart.
-- source: casestream; no official definition exists
-- value median: quantileExactInclusiveOrNullIf(0.5)(days, early = 0)
-- value mean (elapsed days): avgOrNullIf(days, early = 0)
-- value p90 (elapsed days): quantileExactInclusiveOrNullIf(0.9)(days, early = 0)
-- value n (crimes): countIf(early = 0)
-- value before_report (crimes): countIf(early = 1)
-- value by_day (crimes): countIf(early = 0 AND precision != 'time')
-- value from_incident (per cent): 100 * countIf(clock = 'incident' AND early = 0) / nullIf(countIf(early = 0), 0)
-- value from_crime (per cent): 100 * countIf(clock = 'crime' AND early = 0) / nullIf(countIf(early = 0), 0)
-- value from_recording (per cent): 100 * countIf(clock = 'recorded' AND early = 0) / nullIf(countIf(early = 0), 0)
SELECT
    first_arrest_at AS at, force, offence_group, offence_subgroup, flags, case_id,
    assumeNotNull(report_to_arrest_days) AS days, arrest_before_report AS early,
    clock, report_to_arrest_precision AS precision
FROM casestream.case_crimes FINAL
WHERE cancelled_at IS NULL AND (report_to_arrest_days IS NOT NULL OR arrest_before_report = 1)
