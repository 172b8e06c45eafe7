-- id: FLOW
-- title: Stage volumes
-- grain: that of each stage: crimes, suspects, court cases, defendants
-- basis: each stage at its own date
-- polarity: neutral
-- unit: as the stage says
-- label: published definition
-- definition: What each stage of the system handled in the period, each counted in its own unit and at its own date. The bars are volumes, not a cohort: they do not divide into rates.
-- source: measures P01, P03, C02, C06, T01 and the defendants convicted and sentenced
-- value volume: sum(n)
SELECT stage, number, n
FROM
(
    SELECT 'Crimes recorded' AS stage, 1 AS number, count() AS n
    FROM casestream.v_recorded_crimes
    WHERE $__timeFilter(recorded_at)
    AND $__conditionalAll(force IN (${force:singlequote}), $force)
    AND $__conditionalAll(offence_group IN (${offence_group:singlequote}), $offence_group)
    UNION ALL
    SELECT 'Crimes charged or summonsed', 2, count()
    FROM casestream.case_crimes FINAL
    WHERE $__timeFilter(outcome_at) AND outcome_type IN ('1', '1A')
    AND $__conditionalAll(force IN (${force:singlequote}), $force)
    AND $__conditionalAll(offence_group IN (${offence_group:singlequote}), $offence_group)
    UNION ALL
    SELECT 'Suspects received by the CPS', 3, count()
    FROM casestream.case_proceedings FINAL
    WHERE $__timeFilter(receipt_at)
    AND $__conditionalAll(force IN (${force:singlequote}), $force)
    AND $__conditionalAll(offence_group IN (${offence_group:singlequote}), $offence_group)
    UNION ALL
    SELECT 'Suspects charged by the CPS', 4, count()
    FROM casestream.case_proceedings FINAL
    WHERE charged_volume = 1 AND $__timeFilter(greatest(charge_authorised_at, first_hearing_registered_at))
    AND $__conditionalAll(force IN (${force:singlequote}), $force)
    AND $__conditionalAll(offence_group IN (${offence_group:singlequote}), $offence_group)
    UNION ALL
    SELECT 'Court cases received', 5, count()
    FROM casestream.case_court_cases FINAL
    WHERE $__timeFilter(received_at)
    AND $__conditionalAll(force IN (${force:singlequote}), $force)
    AND $__conditionalAll(offence_group IN (${offence_group:singlequote}), $offence_group)
    UNION ALL
    SELECT 'Defendants convicted', 6, count()
    FROM casestream.case_defendants FINAL
    WHERE $__dateFilter(convicted_on)
    AND $__conditionalAll(force IN (${force:singlequote}), $force)
    AND $__conditionalAll(offence_group IN (${offence_group:singlequote}), $offence_group)
    UNION ALL
    SELECT 'Defendants sentenced', 7, count()
    FROM casestream.case_defendants FINAL
    WHERE $__dateFilter(sentenced_on)
    AND $__conditionalAll(force IN (${force:singlequote}), $force)
    AND $__conditionalAll(offence_group IN (${offence_group:singlequote}), $offence_group)
    UNION ALL
    SELECT 'Defendants given immediate custody', 8, count()
    FROM casestream.case_defendants FINAL
    WHERE $__dateFilter(sentenced_on) AND sentence_type = 'custody'
    AND $__conditionalAll(force IN (${force:singlequote}), $force)
    AND $__conditionalAll(offence_group IN (${offence_group:singlequote}), $offence_group)
)
