-- id: C14
-- title: Prosecutions stopped by the CPS
-- grain: defendants in a set of proceedings
-- period: closed
-- basis: the day on which the CPS finalised the defendant
-- polarity: lower_is_better
-- unit: defendants
-- label: published definition
-- agencies: cps
-- by: force, cps_area, home, offence_group, offence_subgroup, flag, sex, ethnicity
-- words: prosecutions stopped, discontinued, dropped by the cps, no evidence offered
-- definition: Prosecutions that the CPS discontinued or in which it offered no evidence, with their reason, and as a share of the completed prosecutions.
-- exclusions: defendants finalised administratively.
-- source: MoJ, CJS Delivery Data Dashboard data quality note, November 2022, page 19
-- value stopped: countIf(final_result IN ('discontinued', 'no_evidence_offered'))
-- value n (defendants): count()
-- value share (per cent): 100 * countIf(final_result IN ('discontinued', 'no_evidence_offered')) / nullIf(count(), 0)
-- value evidential (defendants): countIf(final_result IN ('discontinued', 'no_evidence_offered') AND stop_reason = 'evidential')
-- value public_interest (defendants): countIf(final_result IN ('discontinued', 'no_evidence_offered') AND stop_reason = 'public_interest')
-- value victim_or_witness (defendants): countIf(final_result IN ('discontinued', 'no_evidence_offered') AND stop_reason = 'victim_or_witness')
SELECT
    completed_at AS at, force, cps_area, offence_group, offence_subgroup, flags, case_id,
    person_key, $recorded(sex) AS sex,
    $ethnicity(ethnicity) AS ethnicity, final_result, stop_reason
FROM casestream.case_proceedings FINAL
WHERE completed_at IS NOT NULL AND final_result != 'administratively_finalised'
