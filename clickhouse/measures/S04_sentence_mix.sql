-- id: S04
-- title: Sentences by type
-- grain: offenders sentenced
-- period: event
-- basis: the day of the sentence
-- polarity: neutral
-- unit: per cent
-- label: published definition
-- agencies: hmcts
-- by: force, court, home, jurisdiction, offence_group, offence_subgroup, flag, youth
-- each: sentence_type
-- words: sentence mix, disposals by type, community sentences, fines
-- definition: Offenders sentenced in the period by their heaviest sentence: custody, suspended, community, fine, discharge, other.
-- source: MoJ, Criminal justice statistics quarterly; general usage
-- value share: 100 * count() / nullIf(sum(count()) OVER (PARTITION BY 1), 0)
-- value n (offenders): count()
SELECT
    $from_day(sentenced_on) AS at, force, court_ou, jurisdiction, offence_group, offence_subgroup, flags, case_id,
    person_key,
    if(youth = 1, 'under 18', '18 or over') AS youth, sentence_type
FROM casestream.case_sentences FINAL
WHERE principal = 1
