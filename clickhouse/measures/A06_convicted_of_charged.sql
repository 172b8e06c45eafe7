-- id: A06
-- title: Charged crimes that end in a conviction
-- grain: crimes that were charged
-- period: cohort
-- basis: the day of the charge
-- polarity: higher_is_better
-- unit: per cent
-- label: linked cohort
-- agencies: police, cps, hmcts
-- by: force, offence_group, offence_subgroup, flag
-- words: conviction share, charged to convicted, linked conviction rate
-- definition: Of the crimes charged in the period that are not open, the share with a conviction of anyone for it.
-- exclusions: crimes that were cancelled; open crimes, whose share stands beside it.
-- source: casestream
-- mature: countIf(fate != 'open') * 2 >= count()
-- value share: 100 * countIf(stage_rank >= 6) / nullIf(countIf(fate != 'open'), 0)
-- value n (crimes): countIf(fate != 'open')
-- value charged (crimes): count()
-- value convicted (crimes): countIf(stage_rank >= 6)
-- value open_share (per cent): 100 * countIf(fate = 'open') / nullIf(count(), 0)
SELECT charged_at AS at, force, offence_group, offence_subgroup, flags, case_id, stage_rank, fate
FROM casestream.case_crimes FINAL
WHERE cancelled_at IS NULL AND stage_rank >= 4
