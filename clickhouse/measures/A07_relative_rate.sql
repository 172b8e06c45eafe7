-- id: A07
-- title: Relative rate index by ethnicity and stage
-- grain: suspects of a crime up to the charge, then defendants in a court case
-- period: cohort
-- basis: the day of the arrest, of the charge for defendants
-- polarity: neutral
-- unit: times the rate of White people
-- label: linked cohort
-- agencies: police, hmcts
-- by: force, home, offence_group, offence_subgroup, flag, sex, youth
-- each: number, stage, ethnicity
-- words: disparity, disproportionality, race, relative rate
-- definition: The share of a group that went from one stage to the next, over the share of White people that did: arrested to charged, charged to remanded in custody, charged to convicted, convicted to immediate custody. With the 95 per cent interval of the ratio (log method). Self-defined and observed ethnicity are told apart.
-- exclusions: suspects who were not arrested; defendants whose case is live, from the conviction on.
-- source: casestream, after the relative rate index of the Ministry of Justice's ethnicity statistics
-- value index: avg(moved) / nullIf(sumIf(sum(moved), ethnicity = 'White') OVER (PARTITION BY 1, number) / nullIf(sumIf(count(), ethnicity = 'White') OVER (PARTITION BY 1, number), 0), 0)
-- value n (people): count()
-- value rate (per cent): 100 * avg(moved)
-- value low (times the rate of White people): exp(log(avg(moved) / nullIf(sumIf(sum(moved), ethnicity = 'White') OVER (PARTITION BY 1, number) / nullIf(sumIf(count(), ethnicity = 'White') OVER (PARTITION BY 1, number), 0), 0)) - 1.96 * sqrt(1 / nullIf(sum(moved), 0) - 1 / count() + 1 / nullIf(sumIf(sum(moved), ethnicity = 'White') OVER (PARTITION BY 1, number), 0) - 1 / sumIf(count(), ethnicity = 'White') OVER (PARTITION BY 1, number)))
-- value high (times the rate of White people): exp(log(avg(moved) / nullIf(sumIf(sum(moved), ethnicity = 'White') OVER (PARTITION BY 1, number) / nullIf(sumIf(count(), ethnicity = 'White') OVER (PARTITION BY 1, number), 0), 0)) + 1.96 * sqrt(1 / nullIf(sum(moved), 0) - 1 / count() + 1 / nullIf(sumIf(sum(moved), ethnicity = 'White') OVER (PARTITION BY 1, number), 0) - 1 / sumIf(count(), ethnicity = 'White') OVER (PARTITION BY 1, number)))
SELECT
    first_arrest_at AS at, force, offence_group, offence_subgroup, flags, case_id, person_key, $recorded(sex) AS sex,
    if(youth = 1, 'under 18', '18 or over') AS youth, $ethnicity(ethnicity) AS ethnicity,
    1 AS number, 'arrested to charged' AS stage, toUInt8(charged_at IS NOT NULL) AS moved
FROM casestream.case_suspects FINAL
WHERE first_arrest_at IS NOT NULL
UNION ALL
SELECT
    $from_day(charge_on), force, offence_group, offence_subgroup, flags, case_id, person_key, $recorded(sex),
    if(youth = 1, 'under 18', '18 or over'), $ethnicity(ethnicity),
    tupleElement(step, 1), tupleElement(step, 2), tupleElement(step, 3)
FROM casestream.case_defendants FINAL
ARRAY JOIN arrayFilter(one -> tupleElement(one, 4), [
    (2, 'charged to remanded in custody', toUInt8(ifNull(remanded_days, 0) > 0 OR remand_status = 'custody'), 1),
    (3, 'charged to convicted', toUInt8(result = 'convicted'), toUInt8(live = 0)),
    (4, 'convicted to custody', toUInt8(sentence_type = 'custody'), toUInt8(live = 0 AND result = 'convicted'))
]) AS step
WHERE charge_on IS NOT NULL
