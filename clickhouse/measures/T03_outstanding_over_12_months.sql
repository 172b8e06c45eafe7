-- id: T03
-- title: Crown Court trial cases outstanding over 12 months
-- grain: court cases
-- period: snapshot
-- basis: the end of the period
-- polarity: lower_is_better
-- unit: cases
-- label: published definition
-- agencies: hmcts
-- by: force, court, jurisdiction, offence_group, offence_subgroup, flag, custody
-- words: over 12 months, long waits, old cases, more than a year
-- definition: Outstanding cases for trial (T02) that the Crown Court received more than 12 months before the end of the period; 6 and 24 months, and custody of the principal defendant, beside it. Custody that is not known counts as none.
-- exclusions: cases with a live bench warrant then; cases that are not for trial.
-- source: MoJ, CJS Delivery Data Dashboard data quality note, November 2022, pages 22 and 23
-- value over_12_months: countIf(arrived < $__toTime - INTERVAL 12 MONTH)
-- value n (cases): count()
-- value over_6_months (cases): countIf(arrived < $__toTime - INTERVAL 6 MONTH)
-- value over_24_months (cases): countIf(arrived < $__toTime - INTERVAL 24 MONTH)
-- value over_12_months_share (per cent): 100 * countIf(arrived < $__toTime - INTERVAL 12 MONTH) / nullIf(count(), 0)
-- value over_12_months_in_custody (cases): countIf(arrived < $__toTime - INTERVAL 12 MONTH AND custody = 'custody')
SELECT
    $__toTime AS at, force, court_ou, jurisdiction, offence_group, offence_subgroup, flags, case_id,
    if(custody = 1, 'custody', 'not in custody') AS custody, assumeNotNull(coalesce(arrived_at, received_at)) AS arrived
FROM casestream.v_court_case_spans
WHERE jurisdiction = 'crown' AND coalesce(arrived_at, received_at) <= $__toTime AND case_type IN ('for_trial', '')
    AND received_at <= $__toTime AND ended_at > $__toTime
    AND NOT arrayExists(one -> one.1 <= $__toTime AND one.2 > $__toTime, warrants)
