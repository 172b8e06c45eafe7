-- id: T01d
-- title: Court cases disposed of
-- grain: court cases
-- basis: the day of disposal, or of transfer out
-- polarity: neutral
-- unit: cases
-- label: published definition
-- definition: Prosecution cases in which every defendant and offence has a disposal, or which were transferred out, in the period.
-- source: MoJ, CJS Delivery Data Dashboard data quality note, November 2022, page 29
-- value cases: count()
SELECT coalesce(disposed_at, transferred_out_at) AS at, force, offence_group, jurisdiction, case_id
FROM casestream.case_court_cases FINAL
WHERE $__timeFilter(coalesce(disposed_at, transferred_out_at))
    AND $__conditionalAll(force IN (${force:singlequote}), $force)
    AND $__conditionalAll(offence_group IN (${offence_group:singlequote}), $offence_group)
