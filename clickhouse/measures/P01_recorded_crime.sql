-- id: P01
-- title: Recorded crime
-- grain: crimes
-- basis: the day a crime was recorded
-- polarity: neutral
-- unit: crimes
-- label: published definition
-- definition: Notifiable offences recorded by the 43 territorial forces, by the date of recording.
-- exclusions: British Transport Police and forces beyond England and Wales; fraud and computer misuse (recorded nationally); crimes cancelled or transferred.
-- source: MoJ, CJS Delivery Data Dashboard data quality note, November 2022, page 4
-- value crimes: count()
SELECT recorded_at AS at, force, offence_group, case_id
FROM casestream.v_recorded_crimes
WHERE $__timeFilter(recorded_at)
    AND $__conditionalAll(force IN (${force:singlequote}), $force)
    AND $__conditionalAll(offence_group IN (${offence_group:singlequote}), $offence_group)
