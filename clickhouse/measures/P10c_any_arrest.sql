-- id: P10c
-- title: Crimes with any arrest
-- grain: crimes
-- period: cohort
-- basis: the day of the report, else of the recording
-- polarity: higher_is_better
-- unit: per cent
-- label: linked cohort
-- agencies: police
-- by: force, offence_group, offence_subgroup, flag
-- words: share with an arrest, any arrest, arrested at all
-- definition: Of the crimes reported in the period, the share with an arrest of any linked suspect by now.
-- exclusions: crimes that were cancelled.
-- source: casestream
-- mature: countIf(fate != 'open') * 2 >= count()
-- value share: 100 * countIf(first_arrest_at IS NOT NULL) / nullIf(count(), 0)
-- value n (crimes): count()
-- value arrested (crimes): countIf(first_arrest_at IS NOT NULL)
SELECT
    coalesce(reported_at, recorded_at) AS at, force, offence_group, offence_subgroup, flags, case_id, first_arrest_at,
    fate
FROM casestream.case_crimes FINAL
WHERE cancelled_at IS NULL
