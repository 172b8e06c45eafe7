-- id: A01
-- title: Crimes by the stage that they reached
-- grain: crimes
-- period: cohort
-- basis: the day on which the crime was recorded
-- polarity: neutral
-- unit: crimes
-- label: linked cohort
-- agencies: police, cps, hmcts
-- by: force, offence_group, offence_subgroup, flag
-- words: funnel, furthest stage, how far cases get
-- definition: Crimes recorded in the period and how many of them reached each stage by now. Who reached a stage has passed all before it; with several suspects or defendants the furthest counts.
-- exclusions: crimes that were cancelled.
-- source: casestream, after the stages of the CJS Delivery Data Dashboard
-- mature: countIf(fate != 'open') * 2 >= count()
-- value recorded: count()
-- value suspect_identified (crimes): countIf(stage_rank >= 1)
-- value arrested (crimes): countIf(stage_rank >= 2)
-- value referred (crimes): countIf(stage_rank >= 3)
-- value charged (crimes): countIf(stage_rank >= 4)
-- value first_hearing (crimes): countIf(stage_rank >= 5)
-- value convicted (crimes): countIf(stage_rank >= 6)
-- value custody (crimes): countIf(stage_rank >= 7)
-- value open (crimes): countIf(fate = 'open')
SELECT recorded_at AS at, force, offence_group, offence_subgroup, flags, case_id, stage_rank, fate
FROM casestream.case_crimes FINAL
WHERE cancelled_at IS NULL
