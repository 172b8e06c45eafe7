-- id: P10
-- title: Report to first arrest
-- grain: crimes with an arrest
-- basis: the day of the first arrest of any linked suspect
-- polarity: lower_is_better
-- unit: days
-- label: linked cohort
-- definition: Days from the report (the incident's, else the crime's, else the recording) to the first arrest of any linked suspect. Elapsed time where both ends are timed, calendar days in Europe/London where one is only a date.
-- exclusions: crimes without an arrest; arrests before the report, which are counted apart.
-- source: casestream; no official definition exists
-- value median: round(quantileExactOrNullIf(0.5)(days, before_report = 0), 2)
-- value mean: round(avgOrNullIf(days, before_report = 0), 2)
-- value p90: round(quantileExactOrNullIf(0.9)(days, before_report = 0), 2)
-- value n: countIf(before_report = 0)
-- value before_report: countIf(before_report = 1)
-- value by_day: countIf(before_report = 0 AND precision != 'time')
SELECT
    first_arrest_at AS at, force, offence_group, case_id,
    assumeNotNull(report_to_arrest_days) AS days, arrest_before_report AS before_report,
    clock, report_to_arrest_precision AS precision
FROM casestream.case_crimes FINAL
WHERE $__timeFilter(first_arrest_at)
    AND (report_to_arrest_days IS NOT NULL OR arrest_before_report = 1)
    AND $__conditionalAll(force IN (${force:singlequote}), $force)
    AND $__conditionalAll(offence_group IN (${offence_group:singlequote}), $offence_group)
