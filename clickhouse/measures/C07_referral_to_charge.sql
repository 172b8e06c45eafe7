-- id: C07
-- title: Referral to charge
-- grain: suspects in a set of proceedings
-- period: closed
-- basis: the day of the decision to charge
-- polarity: lower_is_better
-- unit: days
-- label: published definition
-- agencies: cps
-- by: force, cps_area, home, offence_group, offence_subgroup, flag, sex, ethnicity
-- words: referral to charge, time to charge, cps timeliness
-- definition: Mean calendar days in Europe/London from the first referral, for early advice or a charging decision, to the decision to charge. The time of the police and all consultations are in it.
-- exclusions: suspects without a referral; decisions dated before the referral, counted apart.
-- source: MoJ, CJS Delivery Data Dashboard data quality note, November 2022, page 16
-- value mean: avgOrNullIf(days, days >= 0)
-- value n (suspects): countIf(days >= 0)
-- value median (days): quantileExactInclusiveOrNullIf(0.5)(days, days >= 0)
-- value p90 (days): quantileExactInclusiveOrNullIf(0.9)(days, days >= 0)
-- value before_referral (suspects): countIf(days < 0)
SELECT
    charge_decision_at AS at, force, cps_area, offence_group, offence_subgroup, flags, case_id,
    person_key, $recorded(sex) AS sex,
    $ethnicity(ethnicity) AS ethnicity,
    assumeNotNull(dateDiff('day', first_referral_at, charge_decision_at, 'Europe/London')) AS days
FROM casestream.case_proceedings FINAL
WHERE charge_decision_at IS NOT NULL AND first_referral_at IS NOT NULL
