-- id: T04
-- title: Age of the open caseload
-- grain: court cases
-- period: snapshot
-- basis: the end of the period
-- polarity: lower_is_better
-- unit: days
-- label: published definition
-- agencies: hmcts
-- by: force, court, jurisdiction, offence_group, offence_subgroup, flag, custody
-- words: age of cases, median age, age of the open caseload
-- definition: Median calendar days since receipt of the cases that are outstanding (T02); at the Crown Court since its own receipt.
-- exclusions: cases with a live bench warrant then.
-- source: MoJ and HMCTS, Criminal court statistics quarterly
-- value median: quantileExactInclusiveOrNull(0.5)(days)
-- value n (cases): count()
-- value mean (days): avgOrNull(days)
-- value p90 (days): quantileExactInclusiveOrNull(0.9)(days)
SELECT
    $__toTime AS at, force, court_ou,
    if(jurisdiction = 'crown' AND ifNull(arrived_at > $__toTime, 0), 'magistrates', jurisdiction) AS jurisdiction,
    offence_group, offence_subgroup, flags, case_id,
    if(custody = 1, 'custody', 'not in custody') AS custody,
    assumeNotNull(dateDiff(
        'day', if(jurisdiction = 'crown', coalesce(arrived_at, received_at), received_at), $__toTime, 'Europe/London'
    )) AS days
FROM casestream.v_court_case_spans
WHERE received_at <= $__toTime AND ended_at > $__toTime
    AND NOT arrayExists(one -> one.1 <= $__toTime AND one.2 > $__toTime, warrants)
