-- id: C04
-- title: CPS charge rate
-- grain: suspects in a set of proceedings
-- period: closed
-- basis: the day of the legal decision
-- polarity: higher_is_better
-- unit: per cent
-- label: published definition
-- agencies: cps
-- by: force, cps_area, home, offence_group, offence_subgroup, flag, sex, ethnicity
-- words: cps charge rate, prosecutors charge
-- definition: Suspects charged among those with a legal decision of the CPS in the period.
-- exclusions: responses that ask for more investigation, which are no legal decision and may not be the end.
-- source: MoJ, CJS Delivery Data Dashboard data quality note, November 2022, pages 17 and 19
-- value rate: 100 * countIf(decision = 'charge') / nullIf(count(), 0)
-- value n (suspects): count()
-- value charged (suspects): countIf(decision = 'charge')
SELECT
    decision_at AS at, force, cps_area, offence_group, offence_subgroup, flags, case_id,
    person_key, $recorded(sex) AS sex,
    $ethnicity(ethnicity) AS ethnicity, decision
FROM casestream.case_proceedings FINAL
WHERE legal = 1
