-- id: C03
-- title: Legal decisions of the CPS
-- grain: suspects in a set of proceedings
-- period: closed
-- basis: the day of the legal decision
-- polarity: neutral
-- unit: suspects
-- label: published definition
-- agencies: cps
-- by: force, cps_area, home, offence_group, offence_subgroup, flag, sex, ethnicity
-- per_100k: yes
-- words: legal decisions, charging decisions, cps decisions
-- definition: Suspects with a legal decision: charge, no further action, or out of court disposal. One who was returned to the police and charged later has one.
-- exclusions: responses that ask for more investigation, which are no legal decision.
-- source: MoJ, CJS Delivery Data Dashboard data quality note, November 2022, page 16
-- value suspects: count()
-- value charge (suspects): countIf(decision = 'charge')
-- value no_further_action (suspects): countIf(decision = 'no_further_action')
-- value out_of_court_disposal (suspects): countIf(decision = 'out_of_court_disposal')
SELECT
    decision_at AS at, force, cps_area, offence_group, offence_subgroup, flags, case_id,
    person_key, $recorded(sex) AS sex,
    $ethnicity(ethnicity) AS ethnicity, decision
FROM casestream.case_proceedings FINAL
WHERE legal = 1
