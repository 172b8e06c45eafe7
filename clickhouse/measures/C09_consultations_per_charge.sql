-- id: C09
-- title: Consultations for each suspect charged
-- grain: suspects in a set of proceedings
-- period: closed
-- basis: the day of the decision to charge
-- polarity: lower_is_better
-- unit: consultations per suspect
-- label: published definition
-- agencies: cps
-- by: force, cps_area, home, offence_group, offence_subgroup, flag, sex, ethnicity
-- words: consultations per charge, consultations per suspect
-- definition: Mean number of completed consultations of the suspects whom the CPS decided to charge in the period.
-- source: CPS quarterly data summaries, 2019 to 2020
-- value mean: avgOrNull(consultations)
-- value n (suspects): count()
-- value one (per cent): 100 * countIf(consultations = 1) / nullIf(count(), 0)
SELECT
    charge_decision_at AS at, force, cps_area, offence_group, offence_subgroup, flags, case_id,
    person_key, $recorded(sex) AS sex,
    $ethnicity(ethnicity) AS ethnicity,
    consultations_completed AS consultations
FROM casestream.case_proceedings FINAL
WHERE charge_decision_at IS NOT NULL
