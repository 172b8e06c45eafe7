-- id: C02
-- title: Receipts for a charging decision
-- grain: suspects in a set of proceedings
-- basis: the day on which the first consultation for a charging decision was completed
-- polarity: neutral
-- unit: suspects
-- label: published definition
-- definition: Suspects whose first consultation for a charging decision has been completed.
-- source: MoJ, CJS Delivery Data Dashboard data quality note, November 2022, pages 5 and 20
-- value suspects: count()
SELECT receipt_at AS at, force, offence_group, case_id
FROM casestream.case_proceedings FINAL
WHERE $__timeFilter(receipt_at)
    AND $__conditionalAll(force IN (${force:singlequote}), $force)
    AND $__conditionalAll(offence_group IN (${offence_group:singlequote}), $offence_group)
