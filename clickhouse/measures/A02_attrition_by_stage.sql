-- id: A02
-- title: Attrition at each stage
-- grain: crimes that reached the stage
-- period: cohort
-- basis: the day on which the crime was recorded
-- polarity: lower_is_better
-- unit: per cent
-- label: linked cohort
-- agencies: police, cps, hmcts
-- by: force, offence_group, offence_subgroup, flag
-- each: number, stage
-- words: attrition, drop out, lost cases, where cases are lost
-- definition: Of the crimes recorded in the period that reached a stage and are not open at it, the share that was lost there. Reached = progressed + lost + diverted + transferred + open.
-- exclusions: crimes that were cancelled; crimes that are open at the stage, whose share stands beside it.
-- source: casestream, after the stages of the CJS Delivery Data Dashboard
-- mature: countIf(became != 'open') * 2 >= count()
-- value attrition: 100 * countIf(became = 'lost') / nullIf(countIf(became != 'open'), 0)
-- value n (crimes): countIf(became != 'open')
-- value reached (crimes): count()
-- value progressed (crimes): countIf(became = 'progressed')
-- value lost (crimes): countIf(became = 'lost')
-- value diverted (crimes): countIf(became = 'diverted')
-- value transferred (crimes): countIf(became = 'transferred')
-- value open (crimes): countIf(became = 'open')
-- value open_share (per cent): 100 * countIf(became = 'open') / nullIf(count(), 0)
SELECT
    recorded_at AS at, force, offence_group, offence_subgroup, flags, case_id,
    arrayJoin(range(1, least(stage_rank, 5) + 2)) AS number,
    ['recorded', 'suspect_identified', 'arrested', 'referred', 'charged', 'first_hearing'][number] AS stage,
    if(number <= stage_rank, 'progressed', fate) AS became
FROM casestream.case_crimes FINAL
WHERE cancelled_at IS NULL
