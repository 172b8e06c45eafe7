-- id: C08
-- title: Consultations completed within 28 days
-- grain: consultations
-- period: closed
-- basis: the day on which the consultation was completed
-- polarity: higher_is_better
-- unit: per cent
-- label: published definition
-- agencies: cps
-- by: force, cps_area, offence_group, flag
-- words: consultations, 28 days, cps response time
-- definition: Consultations that the CPS completed within 28 calendar days of receipt, of all that it completed in the period.
-- exclusions: custody cases of the charging pilot, which have three hours; consultations after the decision to charge.
-- source: MoJ, CJS Delivery Data Dashboard data quality note, November 2022, page 16
-- value rate: 100 * countIf(days <= 28) / nullIf(count(), 0)
-- value n (consultations): count()
-- value median (days): quantileExactInclusiveOrNull(0.5)(days)
SELECT completed_at AS at, force, cps_area, offence_group, flags, case_id, assumeNotNull(days) AS days
FROM casestream.case_consultations FINAL
WHERE completed_at IS NOT NULL AND days IS NOT NULL AND after_charge = 0
    AND NOT (ifNull(charging_pilot, 0) = 1 AND ifNull(custody, 0) = 1)
