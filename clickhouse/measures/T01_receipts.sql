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
-- definition: Prosecution cases received by the courts in the period. A court case is never a linked case: two cases that link stay two.
-- source: MoJ, CJS Delivery Data Dashboard data quality note, November 2022, page 29
-- value cases: count()
SELECT
    received_at AS at, force, court_ou, jurisdiction, offence_group, offence_subgroup, flags, case_id,
    if(custody = 1, 'custody', 'not in custody') AS custody
FROM casestream.case_court_cases FINAL
