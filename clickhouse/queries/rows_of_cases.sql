-- The rows that some cases have in the case tables: the table and the key after the case id, days as numbers.
SELECT case_id, 'cases' AS table, CAST([], 'Array(String)') AS row_key
FROM casestream.cases FINAL
WHERE case_id IN {keys:Array(String)}
UNION ALL
SELECT case_id, 'case_events' AS table, [record_id, toString(state), toString(n)] AS row_key
FROM casestream.case_events FINAL
WHERE case_id IN {keys:Array(String)}
UNION ALL
SELECT case_id, 'case_crimes' AS table, [crime_id] AS row_key
FROM casestream.case_crimes FINAL
WHERE case_id IN {keys:Array(String)}
UNION ALL
SELECT case_id, 'case_outcomes' AS table, [crime_id, toString(seq)] AS row_key
FROM casestream.case_outcomes FINAL
WHERE case_id IN {keys:Array(String)}
UNION ALL
SELECT case_id, 'case_victims' AS table, [crime_id, victim_id] AS row_key
FROM casestream.case_victims FINAL
WHERE case_id IN {keys:Array(String)}
UNION ALL
SELECT case_id, 'case_victim_services' AS table, [record_id] AS row_key
FROM casestream.case_victim_services FINAL
WHERE case_id IN {keys:Array(String)}
UNION ALL
SELECT case_id, 'case_suspects' AS table, [crime_id, suspect_id] AS row_key
FROM casestream.case_suspects FINAL
WHERE case_id IN {keys:Array(String)}
UNION ALL
SELECT case_id, 'case_arrests' AS table, [arrest_id] AS row_key
FROM casestream.case_arrests FINAL
WHERE case_id IN {keys:Array(String)}
UNION ALL
SELECT case_id, 'case_proceedings' AS table, [proceeding_id] AS row_key
FROM casestream.case_proceedings FINAL
WHERE case_id IN {keys:Array(String)}
UNION ALL
SELECT case_id, 'case_consultations' AS table, [consultation_id] AS row_key
FROM casestream.case_consultations FINAL
WHERE case_id IN {keys:Array(String)}
UNION ALL
SELECT case_id, 'case_decisions' AS table, [decision_id] AS row_key
FROM casestream.case_decisions FINAL
WHERE case_id IN {keys:Array(String)}
UNION ALL
SELECT case_id, 'case_file_reviews' AS table, [review_id] AS row_key
FROM casestream.case_file_reviews FINAL
WHERE case_id IN {keys:Array(String)}
UNION ALL
SELECT case_id, 'case_court_cases' AS table, [court_case_id] AS row_key
FROM casestream.case_court_cases FINAL
WHERE case_id IN {keys:Array(String)}
UNION ALL
SELECT case_id, 'case_defendants' AS table, [court_case_id, defendant_id] AS row_key
FROM casestream.case_defendants FINAL
WHERE case_id IN {keys:Array(String)}
UNION ALL
SELECT case_id, 'case_offences' AS table, [court_case_id, defendant_id, offence_id] AS row_key
FROM casestream.case_offences FINAL
WHERE case_id IN {keys:Array(String)}
UNION ALL
SELECT case_id, 'case_hearings' AS table, [court_case_id, hearing_id, toString(toInt32(hearing_day))] AS row_key
FROM casestream.case_hearings FINAL
WHERE case_id IN {keys:Array(String)}
UNION ALL
SELECT case_id, 'case_trial_listings' AS table, [listing_id] AS row_key
FROM casestream.case_trial_listings FINAL
WHERE case_id IN {keys:Array(String)}
UNION ALL
SELECT case_id, 'case_results' AS table, [court_case_id, defendant_id, offence_id, application_id, toString(code), toString(n)] AS row_key
FROM casestream.case_results FINAL
WHERE case_id IN {keys:Array(String)}
UNION ALL
SELECT case_id, 'case_remand' AS table, [court_case_id, defendant_id, toString(seq)] AS row_key
FROM casestream.case_remand FINAL
WHERE case_id IN {keys:Array(String)}
UNION ALL
SELECT case_id, 'case_sentences' AS table, [court_case_id, defendant_id, offence_id, toString(code), toString(n)] AS row_key
FROM casestream.case_sentences FINAL
WHERE case_id IN {keys:Array(String)}
UNION ALL
SELECT case_id, 'case_warrants' AS table, [warrant_id] AS row_key
FROM casestream.case_warrants FINAL
WHERE case_id IN {keys:Array(String)}
UNION ALL
SELECT case_id, 'case_flags' AS table, [toString(flag), toString(scope), scope_id] AS row_key
FROM casestream.case_flags FINAL
WHERE case_id IN {keys:Array(String)}
UNION ALL
SELECT case_id, 'case_custody' AS table, [movement_id] AS row_key
FROM casestream.case_custody FINAL
WHERE case_id IN {keys:Array(String)}
UNION ALL
SELECT case_id, 'case_recalls' AS table, [recall_id] AS row_key
FROM casestream.case_recalls FINAL
WHERE case_id IN {keys:Array(String)}
UNION ALL
SELECT case_id, 'case_supervision' AS table, [supervision_id] AS row_key
FROM casestream.case_supervision FINAL
WHERE case_id IN {keys:Array(String)}
UNION ALL
SELECT case_id, 'incidents' AS table, [incident_id] AS row_key
FROM casestream.incidents FINAL
WHERE case_id IN {keys:Array(String)}
UNION ALL
SELECT case_id, 'stop_searches' AS table, [stop_id] AS row_key
FROM casestream.stop_searches FINAL
WHERE case_id IN {keys:Array(String)}
UNION ALL
SELECT case_id, 'prison_capacity' AS table, [prison_id, toString(toInt32(capacity_on))] AS row_key
FROM casestream.prison_capacity FINAL
WHERE case_id IN {keys:Array(String)}
UNION ALL
SELECT case_id, 'court_sessions' AS table, [court_ou, court_room, toString(toInt32(session_on))] AS row_key
FROM casestream.court_sessions FINAL
WHERE case_id IN {keys:Array(String)}
UNION ALL
SELECT case_id, 'case_agencies' AS table, [toString(agency)] AS row_key
FROM casestream.case_agencies FINAL
WHERE case_id IN {keys:Array(String)}
