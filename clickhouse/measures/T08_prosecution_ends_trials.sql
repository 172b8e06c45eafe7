-- id: T08
-- title: Trials cracked because the prosecution ended or the victim withdrew
-- grain: trial listings
-- period: event
-- basis: the first sitting day of the listing
-- polarity: lower_is_better
-- unit: per cent
-- label: published definition
-- agencies: hmcts
-- by: force, court, jurisdiction, offence_group, offence_subgroup, flag
-- words: prosecution ends, victim withdraws at trial, witness absent
-- definition: Cracked trials in which the prosecution ended the case (reasons I to L), and those in which a victim or witness was absent or withdrew (J), as a share of the listed trials. Ineffective trials for want of a witness (N3) are beside them.
-- exclusions: vacated trials; listings for which nothing is recorded.
-- source: MoJ, CJS Delivery Data Dashboard data quality note, November 2022, pages 27 and 28
-- value prosecution_ends: 100 * countIf(status = 'cracked' AND prosecution_ended = 1) / nullIf(count(), 0)
-- value n (listings): count()
-- value victim_withdrew (per cent): 100 * countIf(status = 'cracked' AND victim_related = 1) / nullIf(count(), 0)
-- value witness_absent (per cent): 100 * countIf(status = 'ineffective' AND victim_related = 1) / nullIf(count(), 0)
SELECT $from_day(listed_day) AS at, force, court_ou, jurisdiction, offence_group, offence_subgroup, flags, case_id,
    status, prosecution_ended, victim_related
FROM casestream.v_trials
WHERE status IN ('effective', 'cracked', 'ineffective') AND listed_day <= today()
