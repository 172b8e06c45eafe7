-- id: A05
-- title: Clearance ratio of the courts
-- grain: court cases
-- period: event
-- basis: receipts and disposals each at their own day
-- polarity: higher_is_better
-- unit: per cent
-- label: published definition
-- agencies: hmcts
-- by: force, court, jurisdiction, offence_group, offence_subgroup, flag
-- words: clearance, disposals per receipt
-- definition: Cases disposed of in the period for each 100 that were received in it: below 100 the backlog grows. A case of the Crown Court is received on the day of its arrival there.
-- source: CourTools measure 2 (National Center for State Courts), with the receipts and disposals of measure T01
-- value ratio: 100 * countIf(what = 'disposed') / nullIf(countIf(what = 'received'), 0)
-- value n (cases): countIf(what = 'received')
-- value disposed (cases): countIf(what = 'disposed')
SELECT
    tupleElement(moment, 1) AS what, tupleElement(moment, 2) AS at, force, court_ou, jurisdiction, offence_group,
    offence_subgroup, flags, case_id
FROM casestream.case_court_cases FINAL
ARRAY JOIN [
    ('received', if(jurisdiction = 'crown', coalesce(received_cc_at, sent_at, received_at), received_at)),
    ('disposed', coalesce(disposed_at, transferred_out_at))
] AS moment
