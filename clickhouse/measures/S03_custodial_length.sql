-- id: S03
-- title: Average custodial sentence length
-- grain: offenders given immediate custody
-- period: event
-- basis: the day of the sentence
-- polarity: neutral
-- unit: months
-- label: published definition
-- agencies: hmcts
-- by: force, court, home, jurisdiction, offence_group, offence_subgroup, flag, youth
-- words: sentence length, acsl, average custodial sentence
-- definition: Mean length in months of immediate determinate custody as imposed, for the offence with the heaviest penalty. A month is 30.4375 days.
-- exclusions: life and other sentences without a fixed end; sentences whose length is not told, counted apart.
-- source: MoJ, average custodial sentence length (Ethnicity facts and figures)
-- value mean: avgOrNull(length_days) / 30.4375
-- value n (offenders): countIf(length_days IS NOT NULL)
-- value median (months): quantileExactInclusiveOrNull(0.5)(length_days) / 30.4375
-- value length_not_told (offenders): countIf(length_days IS NULL)
SELECT
    $from_day(sentenced_on) AS at, force, court_ou, jurisdiction, offence_group, offence_subgroup, flags, case_id,
    person_key,
    if(youth = 1, 'under 18', '18 or over') AS youth, length_days
FROM casestream.case_sentences FINAL
WHERE principal = 1 AND sentence_type = 'custody' AND indeterminate = 0
