-- Of all crimes: the median days from recording to outcome, and the share of those recorded over a year before the newest
-- that have no outcome.
SELECT
    quantileExactInclusiveIf(0.5)(dateDiff('day', recorded_at, outcome_at, 'Europe/London'), outcome_type != '')
        AS median_days,
    100 * countIf(outcome_type = '' AND recorded_at < newest - INTERVAL 1 YEAR)
        / countIf(recorded_at < newest - INTERVAL 1 YEAR) AS unassigned
FROM casestream.case_crimes FINAL
CROSS JOIN (SELECT max(recorded_at) AS newest FROM casestream.case_crimes FINAL) AS span
