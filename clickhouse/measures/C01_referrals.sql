-- id: C01
-- title: Suspects referred to the CPS
-- grain: suspects in a set of proceedings
-- period: event
-- basis: the day on which the first consultation was asked for
-- polarity: neutral
-- unit: suspects
-- label: published definition
-- agencies: cps
-- by: force, cps_area, home, offence_group, offence_subgroup, flag, sex, ethnicity
-- per_100k: yes
-- words: referrals, referred to the cps, police referrals
-- definition: Suspects whom the police referred for early advice or a charging decision, each once, at the first referral.
-- source: MoJ, CJS Delivery Data Dashboard data quality note, November 2022, page 19
-- value suspects: count()
-- value early_advice (suspects): countIf(referral_kind = 'early_advice')
-- value charging_decision (suspects): countIf(referral_kind = 'charging_decision')
SELECT
    first_referral_at AS at, force, cps_area, offence_group, offence_subgroup, flags, case_id,
    person_key, $recorded(sex) AS sex,
    $ethnicity(ethnicity) AS ethnicity, referral_kind
FROM casestream.case_proceedings FINAL
