-- id: C10
-- title: Police files that meet the Director's Guidance
-- grain: assessed files in which a plea of not guilty is expected
-- period: event
-- basis: the day of the assessment
-- polarity: higher_is_better
-- unit: per cent
-- label: published definition
-- agencies: cps
-- by: force, cps_area, offence_group, flag
-- words: file compliance, file quality, dg6, police files
-- definition: Files that meet the Director's Guidance on Charging, 6th edition, among those assessed in the period in which a plea of not guilty is expected.
-- exclusions: files that were not assessed; files with another expected plea.
-- source: MoJ, CJS Delivery Data Dashboard data quality note, November 2022, page 18
-- value rate: 100 * countIf(dg6_compliant = 1) / nullIf(count(), 0)
-- value n (files): count()
SELECT reviewed_at AS at, force, cps_area, offence_group, flags, case_id, dg6_compliant
FROM casestream.case_file_reviews FINAL
WHERE anticipated_plea = 'not_guilty'
