-- id: T01
-- title: Court cases received
-- grain: court cases
-- period: event
-- basis: the day on which the court received the case
-- polarity: neutral
-- unit: cases
-- label: published definition
-- agencies: hmcts
-- by: force, court, jurisdiction, offence_group, offence_subgroup, flag, custody
-- words: receipts, court receipts, cases received
-- definition: Prosecution cases received by the courts in the period, at their first court; and the cases that the Crown Court received, on its own day of receipt, else that of sending. A court case is never a linked case: two cases that link stay two.
-- source: MoJ, CJS Delivery Data Dashboard data quality note, November 2022, page 29
-- value cases: countIf(receipt = 'first')
-- value crown (cases): countIf(receipt = 'crown')
SELECT
    tupleElement(moment, 1) AS receipt, tupleElement(moment, 2) AS at, force, court_ou,
    if(
        receipt = 'first' AND told.jurisdiction = 'crown'
            AND ifNull(coalesce(received_cc_at, sent_at) > received_at, 0),
        'magistrates', told.jurisdiction
    ) AS jurisdiction,
    offence_group, offence_subgroup, flags, case_id,
    if(custody = 1, 'custody', 'not in custody') AS custody
FROM casestream.case_court_cases AS told FINAL
ARRAY JOIN [
    ('first', received_at),
    ('crown', if(told.jurisdiction = 'crown', coalesce(received_cc_at, sent_at, received_at), NULL))
] AS moment
