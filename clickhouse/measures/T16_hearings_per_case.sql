-- id: T16
-- title: Hearings for each case
-- grain: court cases
-- period: closed
-- basis: the day of disposal
-- polarity: lower_is_better
-- unit: hearings per case
-- label: live proxy
-- agencies: hmcts
-- by: force, court, jurisdiction, offence_group, offence_subgroup, flag, custody
-- words: hearings per case, adjournments, trial date certainty, listings per trial
-- definition: Mean number of hearings held in the cases disposed of in the period, with their adjournments, and the trial listings of those that had any.
-- exclusions: cases of which no hearing is known.
-- source: casestream, after CourTools measure 5 (National Center for State Courts)
-- value hearings: avgOrNull(hearings_held)
-- value n (cases): count()
-- value adjournments (adjournments per case): avgOrNull(adjourned)
-- value listings (listings per case with a trial): avgOrNullIf(listed, listed > 0)
-- value n_with_trial (cases): countIf(listed > 0)
SELECT
    disposed_at AS at, force, court_ou, jurisdiction, offence_group, offence_subgroup, flags, case_id,
    if(custody = 1, 'custody', 'not in custody') AS custody, hearings AS hearings_held, adjournments AS adjourned,
    trial_listings AS listed
FROM casestream.case_court_cases FINAL
WHERE hearings > 0
