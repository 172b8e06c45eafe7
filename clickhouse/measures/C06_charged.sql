-- id: C06
-- title: Suspects charged by the CPS
-- grain: suspects in a set of proceedings
-- basis: the day on which charge was authorised and a first hearing was registered
-- polarity: neutral
-- unit: suspects
-- label: published definition
-- definition: Suspects whose charge the CPS authorised and for whom a first hearing is registered in its case management system.
-- source: MoJ, CJS Delivery Data Dashboard data quality note, November 2022, page 17
-- value suspects: count()
SELECT greatest(charge_authorised_at, first_hearing_registered_at) AS at, force, offence_group, case_id
FROM casestream.case_proceedings FINAL
WHERE charged_volume = 1
    AND $__timeFilter(greatest(charge_authorised_at, first_hearing_registered_at))
    AND $__conditionalAll(force IN (${force:singlequote}), $force)
    AND $__conditionalAll(offence_group IN (${offence_group:singlequote}), $offence_group)
