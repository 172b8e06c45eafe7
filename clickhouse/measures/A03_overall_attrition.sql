-- id: A03
-- title: Attrition before conviction
-- grain: crimes
-- period: cohort
-- basis: the day on which the crime was recorded
-- polarity: lower_is_better
-- unit: per cent
-- label: linked cohort
-- agencies: police, cps, hmcts
-- by: force, offence_group, offence_subgroup, flag
-- words: overall attrition, share lost
-- definition: Of the crimes recorded in the period that are not open, the share that was lost before a conviction, at any stage. A crime that is opened again is no longer lost.
-- exclusions: crimes that were cancelled; open crimes, whose share stands beside it.
-- source: casestream, after the stages of the CJS Delivery Data Dashboard
-- mature: countIf(fate != 'open') * 2 >= count()
-- value attrition: 100 * countIf(fate = 'lost') / nullIf(countIf(fate != 'open'), 0)
-- value n (crimes): countIf(fate != 'open')
-- value recorded (crimes): count()
-- value lost (crimes): countIf(fate = 'lost')
-- value open (crimes): countIf(fate = 'open')
-- value open_share (per cent): 100 * countIf(fate = 'open') / nullIf(count(), 0)
SELECT recorded_at AS at, force, offence_group, offence_subgroup, flags, case_id, fate
FROM casestream.case_crimes FINAL
WHERE cancelled_at IS NULL
