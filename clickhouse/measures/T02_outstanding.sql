-- id: T02
-- title: Outstanding court cases
-- grain: court cases
-- period: snapshot
-- basis: the end of the period
-- polarity: lower_is_better
-- unit: cases
-- label: published definition
-- agencies: hmcts
-- by: force, court, jurisdiction, offence_group, offence_subgroup, flag, custody
-- words: outstanding, backlog, open caseload, court backlog
-- definition: Court cases that were received by the end of the period and neither disposed of nor transferred out then. A state that is counted, never a sum of receipts less disposals. A case that was sent later is still the magistrates'.
-- exclusions: cases with a live bench warrant then.
-- source: MoJ, CJS Delivery Data Dashboard data quality note, November 2022, page 29
-- value cases: count()
-- value magistrates (cases): countIf(jurisdiction = 'magistrates')
-- value crown (cases): countIf(jurisdiction = 'crown')
SELECT
    $__toTime AS at, force, court_ou,
    if(jurisdiction = 'crown' AND ifNull(arrived_at > $__toTime, 0), 'magistrates', jurisdiction) AS jurisdiction,
    offence_group, offence_subgroup, flags, case_id,
    if(custody = 1, 'custody', 'not in custody') AS custody
FROM casestream.v_court_case_spans
WHERE received_at <= $__toTime AND ended_at > $__toTime
    AND NOT arrayExists(one -> one.1 <= $__toTime AND one.2 > $__toTime, warrants)
