-- id: H06
-- title: Supervision started and ended
-- grain: spells of supervision
-- period: event
-- basis: starts and ends each at their own day
-- polarity: higher_is_better
-- unit: per cent
-- label: live proxy
-- agencies: hmpps
-- by: force, region, home, offence_group, flag
-- words: supervision completed, orders completed, orders revoked, supervision starts
-- definition: Of the spells of supervision that ended in the period, the share that was completed, and those that were revoked or ended in a recall; the starts beside them.
-- source: casestream; the terms are general usage
-- value completed: 100 * countIf(what = 'end' AND reason = 'completed') / nullIf(countIf(what = 'end'), 0)
-- value n (spells): countIf(what = 'end')
-- value revoked (per cent): 100 * countIf(what = 'end' AND reason = 'revoked') / nullIf(countIf(what = 'end'), 0)
-- value recalled (per cent): 100 * countIf(what = 'end' AND reason = 'recalled') / nullIf(countIf(what = 'end'), 0)
-- value starts (spells): countIf(what = 'start')
SELECT
    tupleElement(moment, 1) AS what, tupleElement(moment, 2) AS at, force, region, offence_group, flags, case_id,
    person_key,
    termination_reason AS reason
FROM casestream.case_supervision FINAL
ARRAY JOIN [('start', started_at), ('end', ended_at)] AS moment
