-- id: T07
-- title: Reasons of cracked, ineffective and vacated trials
-- grain: trial listings
-- period: event
-- basis: the first sitting day of the listing
-- polarity: neutral
-- unit: listings
-- label: published definition
-- agencies: hmcts
-- by: force, court, jurisdiction, offence_group, offence_subgroup, flag
-- each: status, reason_group, reason_code
-- words: reasons, why trials crack, why trials are ineffective
-- definition: Trial listings that did not go ahead, by the letter of the reason that the court recorded and by whose reason it is. The split of cracked trials between prosecution and defence is that of the Crown Court's monthly report; that of ineffective trials is ours, with prisoners not produced apart.
-- source: Crown Court monthly trial report (XHIBIT), reason letters
-- value listings: count()
-- value share (per cent): 100 * count() / nullIf(sum(count()) OVER (PARTITION BY 1, status), 0)
SELECT
    $from_day(listed_day) AS at, force, court_ou, jurisdiction, offence_group, offence_subgroup, flags, case_id, status,
    $recorded(reason_group) AS reason_group, $recorded(reason_code) AS reason_code
FROM casestream.v_trials
WHERE status = 'vacated' OR (status IN ('cracked', 'ineffective') AND listed_day <= today())
