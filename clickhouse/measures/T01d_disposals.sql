-- id: T01d
-- title: Court cases disposed of
-- grain: court cases
-- period: closed
-- basis: the day of disposal, or of transfer out
-- polarity: neutral
-- unit: cases
-- label: published definition
-- agencies: hmcts
-- by: force, court, jurisdiction, offence_group, offence_subgroup, flag, custody
-- words: disposals, cases disposed, cases completed
-- definition: Prosecution cases in which every defendant and offence has a disposal, or which were transferred out, in the period.
-- source: MoJ, CJS Delivery Data Dashboard data quality note, November 2022, page 29
-- value cases: count()
SELECT
    coalesce(disposed_at, transferred_out_at) AS at, force, court_ou, jurisdiction, offence_group, offence_subgroup,
    flags, case_id,
    if(custody = 1, 'custody', 'not in custody') AS custody
FROM casestream.case_court_cases FINAL
