-- What several measures count, said once.

-- Crimes with an outcome that holds now (measures P03 to P09): not cancelled; type 0 and texts without an outcome have
-- no group. `untyped` marks a text that covers several Home Office types of which a measure needs one.
CREATE OR REPLACE VIEW casestream.v_assigned_outcomes AS
SELECT
    case_id, crime_id, force, recorded_at, recorded_precision, offence_group, offence_subgroup, victim_based, flags,
    outcome_type, outcome_text, outcome_group, outcome_at, outcome_precision,
    outcome_group = 'Evidential difficulties' AND outcome_type = '' AS untyped,
    dateDiff('day', recorded_at, outcome_at, 'Europe/London') AS days_to_outcome
FROM casestream.case_crimes FINAL
WHERE cancelled_at IS NULL AND outcome_group != '' AND outcome_at IS NOT NULL;

-- Trial listings, each once (measures T05 to T08). A listing that several cases share has one status: what one of them
-- knows beats what another does not; its area is that of the first case, its flags are those of all.
CREATE OR REPLACE VIEW casestream.v_trials AS
SELECT
    listing_id,
    listed_day,
    argMax(told, rank) AS status,
    argMax(of_code, rank) AS reason_code,
    argMax(of_reason, rank) AS reason,
    argMax(of_reasons, rank) AS reason_group,
    max(of_victim) AS victim_related,
    max(of_ending) AS prosecution_ended,
    min(vacated) AS vacated_at,
    argMin(of_force, of_case) AS force,
    argMin(of_group, of_case) AS offence_group,
    argMin(of_subgroup, of_case) AS offence_subgroup,
    groupUniqArrayArray(of_flags) AS flags,
    argMin(of_jurisdiction, of_case) AS jurisdiction,
    argMin(of_court, of_case) AS court_ou,
    min(of_case) AS case_id
FROM
(
    SELECT
        listing_id, assumeNotNull(listed_on) AS listed_day, status AS told, reason_code AS of_code, reason AS of_reason,
        reason_group AS of_reasons, victim_related AS of_victim, prosecution_ended AS of_ending, vacated_at AS vacated,
        force AS of_force, offence_group AS of_group, offence_subgroup AS of_subgroup, flags AS of_flags,
        jurisdiction AS of_jurisdiction, court_ou AS of_court, case_id AS of_case,
        (indexOf(['listed', 'effective', 'ineffective', 'cracked', 'vacated'], status), case_id) AS rank
    FROM casestream.case_trial_listings FINAL
    WHERE listed_on IS NOT NULL
)
GROUP BY listing_id, listed_day;

-- Defendants of the Crown Court whose days from charge to completion count (measures T12 to T14): dealt with, in none
-- of the groups that are left out.
CREATE OR REPLACE VIEW casestream.v_crown_completions AS
SELECT
    case_id, court_case_id, defendant_id, force, court_ou, offence_group, offence_subgroup, flags, sex, age, youth,
    ethnicity_self, ethnicity_observed, completed_on, charge_on,
    toDate32(coalesce(received_cc_at, sent_at), 'Europe/London') AS arrived_on,
    if(remand_status = 'custody', 'custody', 'not in custody') AS custody
FROM casestream.case_defendants FINAL
WHERE jurisdiction = 'crown' AND live = 0 AND completed_on IS NOT NULL AND charge_on IS NOT NULL
    AND empty(excluded) AND warrant_live = 0;

-- The recorded crimes of migration 0009, with when they were charged and closed.
CREATE OR REPLACE VIEW casestream.v_recorded_crimes AS
SELECT
    case_id, crime_id, force, recorded_at, recorded_precision, ho_code, offence_code, offence_group,
    offence_subgroup, victim_based, flags, outcome_at, charge_outcome_at
FROM casestream.case_crimes FINAL
WHERE cancelled_at IS NULL
    AND transferred_at IS NULL
    AND offence_group NOT IN ('Fraud', 'Computer misuse')
    AND force IN (SELECT force FROM casestream.forces WHERE region != '');

-- Court cases from receipt to their end, with the times in which a bench warrant was live: what was outstanding at any
-- moment (measures T02 to T04).
CREATE OR REPLACE VIEW casestream.v_court_case_spans AS
SELECT
    case_id, court_case_id, force, court_ou, jurisdiction, case_type, offence_group, offence_subgroup, flags, custody,
    received_at, coalesce(received_cc_at, sent_at) AS arrived_at,
    least(
        coalesce(disposed_at, toDateTime64('2299-12-31', 3, 'UTC')),
        coalesce(transferred_out_at, toDateTime64('2299-12-31', 3, 'UTC'))
    ) AS ended_at,
    warrants
FROM casestream.case_court_cases FINAL
LEFT JOIN
(
    SELECT
        case_id, court_case_id,
        groupArray((
            assumeNotNull(issued_at),
            coalesce(executed_at, withdrawn_at, toDateTime64('2299-12-31', 3, 'UTC'))
        )) AS warrants
    FROM casestream.case_warrants FINAL
    WHERE kind = 'bench' AND issued_at IS NOT NULL
    GROUP BY case_id, court_case_id
) AS bench USING (case_id, court_case_id)
WHERE received_at IS NOT NULL;
