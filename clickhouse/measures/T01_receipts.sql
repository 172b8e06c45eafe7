-- id: T01
-- title: Court cases received
-- grain: court cases
-- basis: the day on which the court received the case
-- polarity: neutral
-- unit: cases
-- label: published definition
-- definition: Prosecution cases received by the courts in the period. A court case is never a linked case: two cases that link stay two.
-- source: MoJ, CJS Delivery Data Dashboard data quality note, November 2022, page 29
-- value cases: count()
SELECT received_at AS at, force, offence_group, jurisdiction, case_id
FROM casestream.case_court_cases FINAL
WHERE $__timeFilter(received_at)
    AND $__conditionalAll(force IN (${force:singlequote}), $force)
    AND $__conditionalAll(offence_group IN (${offence_group:singlequote}), $offence_group)
