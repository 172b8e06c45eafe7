-- id: T14
-- title: Arrival at the Crown Court to completion
-- grain: defendants in a court case
-- period: closed
-- basis: the day on which the defendant was dealt with
-- polarity: lower_is_better
-- unit: days
-- label: published definition
-- agencies: hmcts
-- by: force, court, home, jurisdiction, offence_group, offence_subgroup, flag, custody, sex, age_band, ethnicity, youth
-- words: arrival to completion, receipt to completion
-- definition: Mean calendar days from the day on which the Crown Court received the case, else that of sending, to completion, of the defendants whom the Crown Court dealt with in the period. For one defendant T13 and T14 add up to T12; medians do not.
-- exclusions: appeals, cases for sentence, breaches, transfers out, cases with a bench warrant, cases without a main hearing; cases without that day; days below nought, counted apart.
-- source: MoJ, CJS Delivery Data Dashboard data quality note, November 2022, pages 23 to 27
-- value mean: avgOrNullIf(days, days >= 0)
-- value n (defendants): countIf(days >= 0)
-- value median (days): quantileExactInclusiveOrNullIf(0.5)(days, days >= 0)
-- value p90 (days): quantileExactInclusiveOrNullIf(0.9)(days, days >= 0)
-- value in_custody (days): avgOrNullIf(days, days >= 0 AND custody = 'custody')
-- value not_in_custody (days): avgOrNullIf(days, days >= 0 AND custody != 'custody')
-- value below_nought (defendants): countIf(days < 0)
SELECT
    $from_day(completed_on) AS at, force, court_ou, 'crown' AS jurisdiction, offence_group, offence_subgroup, flags,
    case_id, person_key,
    $recorded(sex) AS sex, $age_band(age) AS age_band, $ethnicity(ethnicity) AS ethnicity,
    if(youth = 1, 'under 18', '18 or over') AS youth, custody,
    assumeNotNull(dateDiff('day', arrived_on, completed_on)) AS days
FROM casestream.v_crown_completions
WHERE arrived_on IS NOT NULL
