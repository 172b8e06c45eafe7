-- id: T15
-- title: Offence to completion, by stage
-- grain: defendants in a court case
-- period: closed
-- basis: the day on which the defendant was dealt with
-- polarity: lower_is_better
-- unit: days
-- label: published definition
-- agencies: hmcts
-- by: force, court, home, jurisdiction, offence_group, offence_subgroup, flag, custody, sex, age_band, ethnicity, youth
-- words: offence to completion, end to end, timeliness by stage, how long from offence
-- definition: Median calendar days from the offence to completion, and of each stage: offence to charge, charge to first hearing, first hearing to completion. Defendants of all courts who were dealt with in the period. Medians of stages do not add up.
-- exclusions: appeals, cases for sentence and breaches; dates in the wrong order, in the stage that they spoil.
-- source: MoJ and HMCTS, Criminal court statistics quarterly, tables of timeliness
-- value median: quantileExactInclusiveOrNullIf(0.5)(offence_to_end, offence_to_end >= 0)
-- value n (defendants): countIf(offence_to_end >= 0)
-- value mean (days): avgOrNullIf(offence_to_end, offence_to_end >= 0)
-- value p90 (days): quantileExactInclusiveOrNullIf(0.9)(offence_to_end, offence_to_end >= 0)
-- value offence_to_charge (days): quantileExactInclusiveOrNullIf(0.5)(occurred_to_charge, occurred_to_charge >= 0)
-- value charge_to_first_hearing (days): quantileExactInclusiveOrNullIf(0.5)(charge_to_hearing, charge_to_hearing >= 0)
-- value first_hearing_to_completion (days): quantileExactInclusiveOrNullIf(0.5)(hearing_to_end, hearing_to_end >= 0)
SELECT
    $from_day(completed_on) AS at, force, court_ou, jurisdiction, offence_group, offence_subgroup, flags, case_id,
    person_key,
    $recorded(sex) AS sex, $age_band(age) AS age_band, $ethnicity(ethnicity) AS ethnicity,
    if(youth = 1, 'under 18', '18 or over') AS youth,
    if(remand_status = 'custody', 'custody', 'not in custody') AS custody,
    toDate32(occurred_from, 'Europe/London') AS occurred_on,
    ifNull(dateDiff('day', occurred_on, completed_on), -1) AS offence_to_end,
    ifNull(dateDiff('day', occurred_on, charge_on), -1) AS occurred_to_charge,
    ifNull(dateDiff('day', charge_on, first_hearing_on), -1) AS charge_to_hearing,
    ifNull(dateDiff('day', first_hearing_on, completed_on), -1) AS hearing_to_end
FROM casestream.case_defendants FINAL
WHERE live = 0 AND completed_on IS NOT NULL AND NOT hasAny(excluded, ['appeal', 'for_sentence', 'breach'])
