-- id: A08
-- title: Age of live cases by stage
-- grain: linked cases that are not finished
-- period: snapshot
-- basis: the cases as they are now, aged to the end of the period
-- polarity: lower_is_better
-- unit: days
-- label: live proxy
-- agencies: police, cps, hmcts
-- by: force, cps_area, court, offence_group, offence_subgroup, flag
-- each: number, stage
-- words: ageing, live cases, stuck, oldest cases, days in stage
-- definition: Days that live cases have been at the stage where they stand.
-- exclusions: cases in which everything is finished.
-- source: casestream
-- value median: quantileExactInclusiveOrNull(0.5)(days)
-- value n (cases): count()
-- value p90 (days): quantileExactInclusiveOrNull(0.9)(days)
-- value over_180 (cases): countIf(days > 180)
SELECT
    $__toTime AS at, force, cps_area, court_ou, offence_group, offence_subgroup, flags, case_id, stage,
    indexOf(
        ['recorded', 'suspect_identified', 'arrested', 'referred', 'charged', 'first_hearing', 'convicted', 'custody'],
        stage
    ) AS number,
    dateDiff('day', stage_at, $__toTime, 'Europe/London') AS days
FROM casestream.cases FINAL
WHERE live = 1 AND stage_at IS NOT NULL AND stage_at <= $__toTime
