-- Data quality, by agency: what boards and `casestream quality` read. Counts only; no identifiers, no values.

-- Completeness: of the rows of a thing, how many say each field. `force` is that of the originating crime.
CREATE OR REPLACE VIEW casestream.v_quality_completeness AS
SELECT 'police' AS agency, 'crime' AS thing, said.1 AS field, force, count() AS things, countIf(said.2) AS complete
FROM casestream.case_crimes FINAL
ARRAY JOIN
[
    ('reported_at', reported_at IS NOT NULL), ('reported_at with a time', reported_precision = 'time'),
    ('occurred_from', occurred_from IS NOT NULL), ('ho_code', ho_code != ''), ('offence_code', offence_code != ''),
    ('outcome', outcome_group != ''), ('victim', victims > 0 OR victim_based = 0)
] AS said
GROUP BY said.1, force
UNION ALL
SELECT 'police', 'victim', said.1, force, count(), countIf(said.2)
FROM casestream.case_victims FINAL
ARRAY JOIN
[
    ('sex', sex NOT IN ('', 'not_known')), ('age', age IS NOT NULL), ('ethnicity_self', ethnicity_self != ''),
    ('ethnicity_observed', ethnicity_observed != ''), ('relationship', relationship != ''),
    ('vulnerable', vulnerable IS NOT NULL), ('support', support != '')
] AS said
WHERE kind = 'person'
GROUP BY said.1, force
UNION ALL
SELECT 'police', 'suspect', said.1, force, count(), countIf(said.2)
FROM casestream.case_suspects FINAL
ARRAY JOIN
[
    ('sex', sex NOT IN ('', 'not_known')), ('age', age IS NOT NULL), ('ethnicity_self', ethnicity_self != ''),
    ('ethnicity_observed', ethnicity_observed != ''), ('identified_at', identified_at IS NOT NULL)
] AS said
GROUP BY said.1, force
UNION ALL
SELECT 'cps', 'proceeding', said.1, force, count(), countIf(said.2)
FROM casestream.case_proceedings FINAL
ARRAY JOIN
[
    ('cps_area', cps_area != ''), ('cps_unit', cps_unit != ''), ('first_referral_at', first_referral_at IS NOT NULL),
    ('nfa_reason', nfa_reason != '' OR decision != 'no_further_action'),
    ('principal_offence_category', principal_offence_category != '' OR completed_at IS NULL)
] AS said
GROUP BY said.1, force
UNION ALL
SELECT 'hmcts', 'defendant', said.1, force, count(), countIf(said.2)
FROM casestream.case_defendants FINAL
ARRAY JOIN
[
    ('sex', sex NOT IN ('', 'not_known')), ('age', age IS NOT NULL), ('ethnicity_self', ethnicity_self != ''),
    ('ethnicity_observed', ethnicity_observed != ''), ('court_ou', court_ou != ''),
    ('remand_status', remand_status != ''), ('plea', plea_result != '' OR completed_on IS NULL)
] AS said
WHERE organisation = 0
GROUP BY said.1, force
UNION ALL
SELECT 'hmcts', 'trial listing', said.1, force, count(), countIf(said.2)
FROM
(
    SELECT listing_id, any(force) AS force, any(status) AS status, any(reason_code) AS reason_code
    FROM casestream.case_trial_listings FINAL
    GROUP BY listing_id
)
ARRAY JOIN
[
    ('status of a past day', status != 'not_recorded'),
    ('reason', reason_code != '' OR status NOT IN ('cracked', 'ineffective'))
] AS said
GROUP BY said.1, force
UNION ALL
SELECT 'hmpps', 'supervision', said.1, force, count(), countIf(said.2)
FROM casestream.case_supervision FINAL
ARRAY JOIN
[
    ('region', region != ''), ('kind', kind != ''), ('sentenced_on', sentenced_on IS NOT NULL),
    ('termination_reason', termination_reason != '' OR ended_at IS NULL)
] AS said
GROUP BY said.1, force
UNION ALL
SELECT 'hmpps', 'custody movement', said.1, force, count(), countIf(said.2)
FROM casestream.case_custody FINAL
ARRAY JOIN
[
    ('prison_id', prison_id != ''), ('reason', reason != ''), ('time', at_precision = 'time')
] AS said
GROUP BY said.1, force;

-- Validity: messages that came and were not rejected, and the rules of quality that they break; codes that no list knows
-- are kept as they came and counted here.
CREATE OR REPLACE VIEW casestream.v_quality_validity AS
SELECT agency, type AS thing, finding AS rule, count() AS found
FROM casestream.feed_messages
ARRAY JOIN findings AS finding
GROUP BY agency, type, finding
UNION ALL
SELECT 'hmcts', 'charged offence', 'offence code without a known class', countIf(offence_group = '')
FROM casestream.case_offences FINAL
UNION ALL
SELECT 'police', 'crime', 'class or offence code without a known group', countIf(offence_group = '' AND category = '')
FROM casestream.case_crimes FINAL
UNION ALL
SELECT
    'police', 'crime', 'force that is no force of England and Wales',
    countIf(force NOT IN (SELECT force FROM casestream.forces))
FROM casestream.case_crimes FINAL;

-- Timeliness: how long after what they tell messages arrive, in seconds; a message without a time is counted apart.
CREATE OR REPLACE VIEW casestream.v_quality_timeliness AS
SELECT
    agency,
    type AS thing,
    toStartOfMonth(toTimeZone(received_at, 'Europe/London')) AS month,
    count() AS messages,
    countIf(time IS NULL) AS without_time,
    countIf(received_at > time + INTERVAL 1 HOUR) AS later_than_hour,
    countIf(received_at > time + INTERVAL 1 DAY) AS later_than_day,
    countIf(time > received_at) AS from_the_future,
    quantileExactIf(0.5)(toInt64(dateDiff('second', time, received_at)), time IS NOT NULL) AS median_seconds
FROM casestream.feed_messages
GROUP BY agency, type, month;

-- Uniqueness: messages that came more than once, by the id that their sender gave them.
CREATE OR REPLACE VIEW casestream.v_quality_uniqueness AS
SELECT agency, type AS thing, count() AS messages, count() - uniqExact(source, event_id) AS repeated
FROM casestream.feed_messages
WHERE event_id != ''
GROUP BY agency, type;

-- Rejected messages by rule.
CREATE OR REPLACE VIEW casestream.v_quality_rejects AS
SELECT agency, type AS thing, stage, rule, field, count() AS rejected, max(received_at) AS latest_at
FROM casestream.feed_rejects
GROUP BY agency, type, stage, rule, field;

-- Consistency: what two facts, often of two agencies, say of one thing. `agency` is the one that is asked first.
CREATE OR REPLACE VIEW casestream.v_quality_consistency AS
SELECT 'police' AS agency, held.1 AS rule, force, countIf(held.2) AS things, countIf(held.2 AND held.3) AS inconsistent
FROM casestream.case_crimes FINAL
ARRAY JOIN
[
    ('arrested before it was reported', first_arrest_at IS NOT NULL, arrest_before_report = 1),
    (
        'outcome charged, but no charge is told by the CPS or a court', outcome_type IN ('1', '1A'),
        offences = 0 AND charged_at IS NULL
    ),
    (
        'charged at court, but the outcome is none or another', offences > 0 AND charge_link != 'case_level',
        outcome_type NOT IN ('1', '1A')
    ),
    (
        'occurred after it was recorded', occurred_from IS NOT NULL AND recorded_precision = 'time',
        occurred_from > recorded_at
    )
] AS held
GROUP BY held.1, force
UNION ALL
SELECT 'hmcts', held.1, force, countIf(held.2), countIf(held.2 AND held.3)
FROM casestream.case_defendants FINAL
ARRAY JOIN
[
    (
        'completed before the first hearing', completed_on IS NOT NULL AND first_hearing_on IS NOT NULL,
        completed_on < first_hearing_on
    ),
    ('sentenced but not convicted', sentence_type != '', convicted_on IS NULL),
    (
        'custodial sentence, but no record of prisons or probation', sentence_type = 'custody',
        case_id NOT IN (SELECT case_id FROM casestream.cases FINAL WHERE has(agencies, 'hmpps'))
    )
] AS held
GROUP BY held.1, force;

-- Link rates: of an agency's records that can belong to a case, those whose case holds a record of each other agency.
CREATE OR REPLACE VIEW casestream.v_quality_links AS
SELECT
    member.agency AS agency, other, of_case.force AS force, count() AS records,
    countIf(has(of_case.agencies, other)) AS linked
FROM casestream.v_case_members AS member
INNER JOIN
(
    SELECT case_id, force, agencies
    FROM casestream.cases FINAL
) AS of_case USING (case_id)
ARRAY JOIN ['police', 'cps', 'hmcts', 'hmpps'] AS other
WHERE other != member.agency
GROUP BY member.agency, other, of_case.force;
