-- id: V02
-- title: Victims whose support ended, by stage
-- grain: victims of a crime who were with it at the stage
-- period: cohort
-- basis: the day on which the crime was recorded
-- polarity: lower_is_better
-- unit: per cent
-- label: linked cohort
-- agencies: police, cps, hmcts
-- by: force, home, offence_group, offence_subgroup, flag, sex, age_band, ethnicity, vulnerable, relationship
-- each: number, stage_name
-- words: victim withdrawal by stage, victims withdraw, victims stay, do victims stay
-- definition: Of the victims whose crime reached a stage and who had not withdrawn before, the share whose support ended there: police (also outcomes 14 and 16), before charge with the CPS, after charge, on the day of trial. One who supports again has not withdrawn.
-- exclusions: organisations and the state as victims.
-- source: casestream, over parts of the MoJ, CJS Delivery Data Dashboard data quality note, November 2022
-- value withdrew: 100 * countIf(ended_here) / nullIf(count(), 0)
-- value n (victims): count()
-- value withdrew_n (victims): countIf(ended_here)
SELECT
    recorded_at AS at, force, offence_group, offence_subgroup, flags, case_id, person_key, $recorded(sex) AS sex,
    $victim_age_band(age) AS age_band, $ethnicity(ethnicity) AS ethnicity,
    multiIf(vulnerable = 1, 'vulnerable', vulnerable = 0, 'not vulnerable', 'Not recorded') AS vulnerable,
    $recorded(relationship) AS relationship,
    multiIf(stage IN ('recorded', 'suspect_identified', 'arrested'), 1, stage = 'referred', 2, stage = 'charged', 3, 4)
        AS reached,
    multiIf(
        withdrew_stage = 'police', 1, withdrew_stage = 'pre_charge', 2, withdrew_stage = 'post_charge', 3,
        withdrew_stage = 'trial_day', 4, withdrew_at IS NOT NULL, least(reached, 3),
        outcome_type IN ('14', '16'), 1, 0
    ) AS ended,
    arrayJoin(range(1, if(ended > 0, ended, reached) + 1)) AS number,
    ['police', 'before charge', 'after charge', 'day of trial'][number] AS stage_name,
    number = ended AS ended_here
FROM casestream.case_victims FINAL
WHERE kind = 'person'
