-- id: FLOW
-- title: Stage volumes
-- grain: that of each stage: crimes, suspects, court cases, defendants
-- period: event
-- basis: each stage at its own date
-- polarity: neutral
-- unit: as the stage says
-- label: published definition
-- agencies: police, cps, hmcts
-- by: force, offence_group, offence_subgroup, flag
-- each: number, stage
-- words: stage volumes, flow, end to end volumes
-- definition: What each stage of the system handled in the period, each counted in its own unit and at its own date. The bars are volumes, not a cohort: they do not divide into rates.
-- source: measures P01, P03, C02, C06, T01 and the defendants convicted and sentenced
-- value volume: count()
SELECT
    'Crimes recorded' AS stage, 1 AS number, recorded_at AS at, force, offence_group, offence_subgroup, flags, case_id
FROM casestream.v_recorded_crimes
UNION ALL
SELECT 'Crimes charged or summonsed', 2, outcome_at, force, offence_group, offence_subgroup, flags, case_id
FROM casestream.v_assigned_outcomes
WHERE outcome_group = 'Charged or summonsed'
UNION ALL
SELECT 'Suspects received by the CPS', 3, receipt_at, force, offence_group, offence_subgroup, flags, case_id
FROM casestream.case_proceedings FINAL
UNION ALL
SELECT
    'Suspects charged by the CPS', 4, greatest(charge_authorised_at, first_hearing_registered_at), force, offence_group,
    offence_subgroup, flags, case_id
FROM casestream.case_proceedings FINAL
WHERE charged_volume = 1
UNION ALL
SELECT 'Court cases received', 5, received_at, force, offence_group, offence_subgroup, flags, case_id
FROM casestream.case_court_cases FINAL
UNION ALL
SELECT 'Defendants convicted', 6, $from_day(convicted_on), force, offence_group, offence_subgroup, flags, case_id
FROM casestream.case_defendants FINAL
UNION ALL
SELECT 'Defendants sentenced', 7, $from_day(sentenced_on), force, offence_group, offence_subgroup, flags, case_id
FROM casestream.case_defendants FINAL
UNION ALL
SELECT
    'Defendants given immediate custody', 8, $from_day(sentenced_on), force, offence_group, offence_subgroup, flags,
    case_id
FROM casestream.case_defendants FINAL
WHERE sentence_type = 'custody'
