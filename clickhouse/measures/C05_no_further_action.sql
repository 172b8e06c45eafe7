-- id: C05
-- title: No further action and out of court disposals by the CPS
-- grain: suspects in a set of proceedings
-- period: closed
-- basis: the day of the legal decision
-- polarity: lower_is_better
-- unit: per cent
-- label: published definition
-- agencies: cps
-- by: force, cps_area, home, offence_group, offence_subgroup, flag, sex, ethnicity
-- words: no further action, nfa, out of court disposal, cps drops
-- definition: Decisions of no further action among the legal decisions of the CPS, with their reason (evidential or public interest); cautions and other out of court disposals beside them.
-- exclusions: responses that ask for more investigation.
-- source: MoJ, CJS Delivery Data Dashboard data quality note, November 2022, page 17
-- value nfa: 100 * countIf(decision = 'no_further_action') / nullIf(count(), 0)
-- value n (suspects): count()
-- value evidential (per cent): 100 * countIf(decision = 'no_further_action' AND nfa_reason = 'evidential') / nullIf(count(), 0)
-- value public_interest (per cent): 100 * countIf(decision = 'no_further_action' AND nfa_reason = 'public_interest') / nullIf(count(), 0)
-- value out_of_court (per cent): 100 * countIf(decision = 'out_of_court_disposal') / nullIf(count(), 0)
SELECT
    decision_at AS at, force, cps_area, offence_group, offence_subgroup, flags, case_id,
    person_key, $recorded(sex) AS sex,
    $ethnicity(ethnicity) AS ethnicity, decision, nfa_reason
FROM casestream.case_proceedings FINAL
WHERE legal = 1
