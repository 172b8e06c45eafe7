-- id: H05
-- title: Probation caseload
-- grain: people under supervision
-- period: snapshot
-- basis: the end of the period
-- polarity: neutral
-- unit: people
-- label: published definition
-- agencies: hmpps
-- by: force, region, home, offence_group, flag
-- words: probation caseload, under supervision, on probation
-- definition: People under supervision at the end of the period, each once in the total and once in each type of supervision, so that the types add up to more.
-- source: MoJ, data.justice.gov.uk, probation caseload
-- value people: uniqExact(crn_key)
-- value community_order (people): uniqExactIf(crn_key, kind = 'community_order')
-- value suspended_sentence_order (people): uniqExactIf(crn_key, kind = 'suspended_sentence_order')
-- value licence (people): uniqExactIf(crn_key, kind = 'licence')
-- value post_sentence (people): uniqExactIf(crn_key, kind = 'post_sentence')
SELECT $__toTime AS at, force, region, offence_group, flags, case_id, person_key, crn_key, kind
FROM casestream.case_supervision FINAL
WHERE started_at <= $__toTime AND (ended_at IS NULL OR ended_at > $__toTime)
