-- id: C16
-- title: CPS conviction rate
-- grain: defendants in a set of proceedings
-- period: closed
-- basis: the day on which the CPS finalised the defendant
-- polarity: higher_is_better
-- unit: per cent
-- label: published definition
-- agencies: cps
-- by: force, cps_area, home, offence_group, offence_subgroup, flag, sex, ethnicity
-- words: conviction rate, convicted, guilty
-- definition: Defendants convicted, by plea, after trial or in their absence, among the prosecutions that the CPS completed in the period.
-- exclusions: defendants finalised administratively.
-- source: CPS quarterly data summaries; the formula is general usage
-- value rate: 100 * countIf(convicted = 1) / nullIf(count(), 0)
-- value n (defendants): count()
-- value guilty_plea (per cent): 100 * countIf(final_result = 'guilty_plea') / nullIf(count(), 0)
-- value after_trial (per cent): 100 * countIf(final_result = 'convicted_after_trial') / nullIf(count(), 0)
SELECT
    completed_at AS at, force, cps_area, offence_group, offence_subgroup, flags, case_id,
    person_key, $recorded(sex) AS sex,
    $ethnicity(ethnicity) AS ethnicity, convicted, final_result
FROM casestream.case_proceedings FINAL
WHERE completed_at IS NOT NULL AND final_result != 'administratively_finalised'
