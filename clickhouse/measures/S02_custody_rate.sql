-- id: S02
-- title: Custody rate
-- grain: offenders sentenced
-- period: event
-- basis: the day of the sentence
-- polarity: neutral
-- unit: per cent
-- label: published definition
-- agencies: hmcts
-- by: force, court, home, jurisdiction, offence_group, offence_subgroup, flag, youth
-- words: custody rate, sent to prison, immediate custody
-- definition: Offenders given immediate custody as their heaviest sentence among the offenders sentenced in the period.
-- source: MoJ, Criminal justice statistics quarterly; the formula is general usage
-- value rate: 100 * countIf(sentence_type = 'custody') / nullIf(count(), 0)
-- value n (offenders): count()
-- value custody (offenders): countIf(sentence_type = 'custody')
SELECT
    $from_day(sentenced_on) AS at, force, court_ou, jurisdiction, offence_group, offence_subgroup, flags, case_id,
    person_key,
    if(youth = 1, 'under 18', '18 or over') AS youth, sentence_type
FROM casestream.case_sentences FINAL
WHERE principal = 1
