-- What readers select from: the current rows of each serving table, without version and deletions.

CREATE VIEW IF NOT EXISTS casestream.v_cases AS
SELECT
    case_id, force, opened_at, reported_at, recorded_at, first_arrest_at, referred_at, charged_at,
    first_hearing_on, sent_at, convicted_on, sentenced_on, completed_at, next_hearing_on, stage, stage_at,
    holder, live, outcome, offence_group, offence_subgroup, ho_code, offence_code, court_ou, cps_area, youth,
    custody, flags, agencies, crimes, victims, suspects, proceedings, court_cases, defendants, offences,
    hearings, records, last_event_at
FROM casestream.cases FINAL;

CREATE VIEW IF NOT EXISTS casestream.v_case_events AS
SELECT
    case_id, record_id, state, n, force, at, at_precision, known_at, agency, kind, what, detail, current
FROM casestream.case_events FINAL;

CREATE VIEW IF NOT EXISTS casestream.v_case_crimes AS
SELECT
    case_id, crime_id, force, reported_at, reported_precision, recorded_at, recorded_precision, occurred_from,
    occurred_to, ho_code, offence_code, category, offence_group, offence_subgroup, victim_based, cancelled_at,
    transferred_at, outcome_type, outcome_text, outcome_group, outcome_at, outcome_precision, outcome_changes,
    charge_outcome_at, suspect_identified_at, first_arrest_at, arrest_precision, interviewed_at, referred_at,
    charged_at, first_hearing_on, convicted_on, custody_on, completed_on, stage, stage_rank, fate,
    exit_reason, exit_at, clock, report_to_arrest_hours, report_to_arrest_days, report_to_arrest_precision,
    arrest_before_report, charge_link, suspects, victims, offences, flags, sources
FROM casestream.case_crimes FINAL;

CREATE VIEW IF NOT EXISTS casestream.v_case_outcomes AS
SELECT
    case_id, crime_id, seq, force, outcome_type, outcome_text, outcome_group, outcome_at, known_at,
    until_known_at, current
FROM casestream.case_outcomes FINAL;

CREATE VIEW IF NOT EXISTS casestream.v_case_victims AS
SELECT
    case_id, crime_id, victim_id, force, kind, sex, age, birth_month, ethnicity_self, ethnicity_observed,
    vulnerable, relationship, support, withdrew_at, withdrew_stage, withdrew_reason, reported_at, recorded_at,
    completed_on, stage, outcome_type, ho_code, offence_group, offence_subgroup, flags, person_key
FROM casestream.case_victims FINAL;

CREATE VIEW IF NOT EXISTS casestream.v_case_victim_services AS
SELECT
    case_id, record_id, victim_id, crime_id, force, kind, due_at, done_at, offence_group, flags
FROM casestream.case_victim_services FINAL;

CREATE VIEW IF NOT EXISTS casestream.v_case_suspects AS
SELECT
    case_id, crime_id, suspect_id, force, identified_at, interviewed_at, first_arrest_at, arrest_precision,
    arrests, release_status, referred_at, charged_at, defendant_id, sex, birth_month, age, youth,
    ethnicity_self, ethnicity_observed, ho_code, offence_group, offence_subgroup, flags, sources, person_key
FROM casestream.case_suspects FINAL;

CREATE VIEW IF NOT EXISTS casestream.v_case_arrests AS
SELECT
    case_id, arrest_id, suspect_id, force, arrest_at, arrest_precision, released_at, release_status, crimes,
    offence_group, flags, person_key
FROM casestream.case_arrests FINAL;

CREATE VIEW IF NOT EXISTS casestream.v_case_proceedings AS
SELECT
    case_id, proceeding_id, force, cps_area, cps_unit, first_referral_at, referral_precision, referral_kind,
    receipt_at, decision, decision_at, legal, nfa_reason, code_test, charge_authorised_at, charge_decision_at,
    charge_decision_precision, first_hearing_registered_at, charged_volume, consultations,
    consultations_completed, returned_to_police, with_party, live, anticipated_plea, first_hearing_plea,
    first_hearing_on, completed_at, final_result, convicted, stop_reason, nonconviction_reason,
    principal_offence_category, suspect_id, defendant_id, sex, birth_month, ethnicity_self,
    ethnicity_observed, ho_code, offence_group, offence_subgroup, flags, person_key
FROM casestream.case_proceedings FINAL;

CREATE VIEW IF NOT EXISTS casestream.v_case_consultations AS
SELECT
    case_id, consultation_id, proceeding_id, force, cps_area, kind, received_at, completed_at, days, custody,
    charging_pilot, with_party, after_charge, offence_group, flags
FROM casestream.case_consultations FINAL;

CREATE VIEW IF NOT EXISTS casestream.v_case_decisions AS
SELECT
    case_id, decision_id, proceeding_id, force, cps_area, decision, decision_at, legal, nfa_reason, code_test,
    code_test_met, charge_authorised_at, first_hearing_registered_at, proposed_charges, authorised_charges,
    offence_group, flags
FROM casestream.case_decisions FINAL;

CREATE VIEW IF NOT EXISTS casestream.v_case_file_reviews AS
SELECT
    case_id, review_id, proceeding_id, force, cps_area, reviewed_at, dg6_compliant, anticipated_plea,
    failures, offence_group, flags
FROM casestream.case_file_reviews FINAL;

CREATE VIEW IF NOT EXISTS casestream.v_case_court_cases AS
SELECT
    case_id, court_case_id, force, jurisdiction, case_type, status, initiation, court_ou, court_name,
    received_at, received_precision, sent_at, received_cc_at, disposed_at, transferred_out_at, outstanding,
    warrant_live, warrant_issued_at, custody, remand_status, first_hearing_on, next_hearing_on, convicted_on,
    completed_on, defendants, offences, offences_open, hearings, adjournments, trial_listings, ho_code,
    offence_code, offence_group, offence_subgroup, markers, flags, sources
FROM casestream.case_court_cases FINAL;

CREATE VIEW IF NOT EXISTS casestream.v_case_defendants AS
SELECT
    case_id, court_case_id, defendant_id, force, jurisdiction, case_type, court_ou, youth, organisation, sex,
    birth_month, age, ethnicity_self, ethnicity_observed, occurred_from, charge_on, first_hearing_on, sent_at,
    received_cc_at, convicted_on, sentenced_on, completed_on, live, plea_result, plea_on, plea_stage,
    jury_sworn, first_hearing_plea, result, bail_status, remand_status, remanded_days, ctl_on, ctl_extended,
    warrant_live, attendance, sentence_type, sentence_days, excluded, offences, offences_open,
    principal_offence_receipt, principal_offence_disposal, ho_code, offence_group, offence_subgroup,
    final_result, stop_reason, nonconviction_reason, suspect_id, proceeding_id, flags, sources, person_key
FROM casestream.case_defendants FINAL;

CREATE VIEW IF NOT EXISTS casestream.v_case_offences AS
SELECT
    case_id, court_case_id, defendant_id, offence_id, force, crime_id, crime_link, offence_code, title,
    category, mode_of_trial, ho_code, offence_group, offence_subgroup, victim_based, occurred_from,
    occurred_to, arrest_on, charge_on, laid_on, plea, plea_on, indicated_plea, allocation, verdict,
    verdict_on, alternative_offence, convicted_on, jury_sworn_at, completed_on, concluded, result, ctl_on,
    ctl_extended, flags, sources, person_key
FROM casestream.case_offences FINAL;

CREATE VIEW IF NOT EXISTS casestream.v_case_hearings AS
SELECT
    case_id, court_case_id, hearing_id, hearing_day, force, jurisdiction, hearing_type, hearing_class,
    court_ou, court_name, listed, seq, first_hearing, vacated, adjournment, box_hearing, defendants,
    offence_group, flags
FROM casestream.case_hearings FINAL;

CREATE VIEW IF NOT EXISTS casestream.v_case_trial_listings AS
SELECT
    case_id, listing_id, hearing_id, listed_on, force, jurisdiction, court_ou, court_name, status,
    reason_code, reason_id, reason, reason_group, victim_related, prosecution_ended, vacated_at, section_28,
    sitting_days, seq, court_cases, defendants, offence_group, offence_subgroup, flags, sources
FROM casestream.case_trial_listings FINAL;

CREATE VIEW IF NOT EXISTS casestream.v_case_results AS
SELECT
    case_id, court_case_id, defendant_id, offence_id, application_id, code, n, label, ordered_on, force,
    level, category, final, convicted, adjournment, custody_status, duration_days, indeterminate,
    amount_pounds, hearing_id, hearing_day, offence_code, offence_group, flags, sources
FROM casestream.case_results FINAL;

CREATE VIEW IF NOT EXISTS casestream.v_case_remand AS
SELECT
    case_id, court_case_id, defendant_id, seq, status, force, stage, from_at, until_at, ctl_on, ctl_extended,
    court_ou, offence_group, flags, sources
FROM casestream.case_remand FINAL;

CREATE VIEW IF NOT EXISTS casestream.v_case_sentences AS
SELECT
    case_id, court_case_id, defendant_id, offence_id, code, n, force, sentence_type, label, sentenced_on,
    length_days, indeterminate, amount_pounds, principal, jurisdiction, court_ou, youth, offence_code,
    ho_code, offence_group, offence_subgroup, flags, person_key
FROM casestream.case_sentences FINAL;

CREATE VIEW IF NOT EXISTS casestream.v_case_warrants AS
SELECT
    case_id, warrant_id, court_case_id, defendant_id, force, kind, issued_at, executed_at, withdrawn_at, live,
    court_ou
FROM casestream.case_warrants FINAL;

CREATE VIEW IF NOT EXISTS casestream.v_case_flags AS
SELECT
    case_id, flag, scope, scope_id, force, set_at, cleared_at, current, rule, evidence
FROM casestream.case_flags FINAL;

CREATE VIEW IF NOT EXISTS casestream.v_case_custody AS
SELECT
    case_id, movement_id, linked, force, prisoner_key, booking_key, movement, at, at_precision, prison_id,
    reason, movement_code, custody_type, sentenced_on, offence_group, flags, person_key
FROM casestream.case_custody FINAL;

CREATE VIEW IF NOT EXISTS casestream.v_case_recalls AS
SELECT
    case_id, recall_id, linked, force, prisoner_key, crn_key, recalled_at, returned_at, kind, reasons,
    offence_group, flags, person_key
FROM casestream.case_recalls FINAL;

CREATE VIEW IF NOT EXISTS casestream.v_case_supervision AS
SELECT
    case_id, supervision_id, linked, force, crn_key, kind, region, started_at, expected_end_on, ended_at,
    termination_reason, sentenced_on, offence_group, flags, person_key
FROM casestream.case_supervision FINAL;

CREATE VIEW IF NOT EXISTS casestream.v_incidents AS
SELECT
    case_id, incident_id, linked, force, reported_at, reported_precision, category, crimes
FROM casestream.incidents FINAL;

CREATE VIEW IF NOT EXISTS casestream.v_stop_searches AS
SELECT
    case_id, stop_id, force, stopped_at, stopped_precision, kind, sex, age_range, ethnicity_self,
    ethnicity_observed, legislation, object_of_search, outcome, outcome_linked_to_object,
    more_than_outer_clothing, part_of_operation
FROM casestream.stop_searches FINAL;

CREATE VIEW IF NOT EXISTS casestream.v_prison_capacity AS
SELECT
    case_id, prison_id, capacity_on, operational_capacity, certified_accommodation, operating_margin
FROM casestream.prison_capacity FINAL;

CREATE VIEW IF NOT EXISTS casestream.v_court_sessions AS
SELECT
    case_id, court_ou, court_room, session_on, minutes_planned, minutes_sat
FROM casestream.court_sessions FINAL;
