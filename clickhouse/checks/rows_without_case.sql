-- title: rows of cases that do not exist
-- settled: yes
-- remedy: `casestream reproject CASE` removes the rows of a case that no record belongs to. It should never be needed:
--   report it with the case id.
SELECT case_id, groupUniqArray(table) AS tables, count() AS rows, count() OVER () AS found
FROM
(
    SELECT 'cases' AS table, case_id FROM casestream.cases FINAL
    UNION ALL SELECT 'case_events' AS table, case_id FROM casestream.case_events FINAL
    UNION ALL SELECT 'case_crimes' AS table, case_id FROM casestream.case_crimes FINAL
    UNION ALL SELECT 'case_outcomes' AS table, case_id FROM casestream.case_outcomes FINAL
    UNION ALL SELECT 'case_victims' AS table, case_id FROM casestream.case_victims FINAL
    UNION ALL SELECT 'case_victim_services' AS table, case_id FROM casestream.case_victim_services FINAL
    UNION ALL SELECT 'case_suspects' AS table, case_id FROM casestream.case_suspects FINAL
    UNION ALL SELECT 'case_arrests' AS table, case_id FROM casestream.case_arrests FINAL
    UNION ALL SELECT 'case_proceedings' AS table, case_id FROM casestream.case_proceedings FINAL
    UNION ALL SELECT 'case_consultations' AS table, case_id FROM casestream.case_consultations FINAL
    UNION ALL SELECT 'case_decisions' AS table, case_id FROM casestream.case_decisions FINAL
    UNION ALL SELECT 'case_file_reviews' AS table, case_id FROM casestream.case_file_reviews FINAL
    UNION ALL SELECT 'case_court_cases' AS table, case_id FROM casestream.case_court_cases FINAL
    UNION ALL SELECT 'case_defendants' AS table, case_id FROM casestream.case_defendants FINAL
    UNION ALL SELECT 'case_offences' AS table, case_id FROM casestream.case_offences FINAL
    UNION ALL SELECT 'case_hearings' AS table, case_id FROM casestream.case_hearings FINAL
    UNION ALL SELECT 'case_trial_listings' AS table, case_id FROM casestream.case_trial_listings FINAL
    UNION ALL SELECT 'case_results' AS table, case_id FROM casestream.case_results FINAL
    UNION ALL SELECT 'case_remand' AS table, case_id FROM casestream.case_remand FINAL
    UNION ALL SELECT 'case_sentences' AS table, case_id FROM casestream.case_sentences FINAL
    UNION ALL SELECT 'case_warrants' AS table, case_id FROM casestream.case_warrants FINAL
    UNION ALL SELECT 'case_flags' AS table, case_id FROM casestream.case_flags FINAL
    UNION ALL SELECT 'case_custody' AS table, case_id FROM casestream.case_custody FINAL
    UNION ALL SELECT 'case_recalls' AS table, case_id FROM casestream.case_recalls FINAL
    UNION ALL SELECT 'case_supervision' AS table, case_id FROM casestream.case_supervision FINAL
    UNION ALL SELECT 'incidents' AS table, case_id FROM casestream.incidents FINAL
    UNION ALL SELECT 'stop_searches' AS table, case_id FROM casestream.stop_searches FINAL
    UNION ALL SELECT 'prison_capacity' AS table, case_id FROM casestream.prison_capacity FINAL
    UNION ALL SELECT 'court_sessions' AS table, case_id FROM casestream.court_sessions FINAL
    UNION ALL SELECT 'case_agencies' AS table, case_id FROM casestream.case_agencies FINAL
)
WHERE case_id NOT IN
(
    SELECT case_id
    FROM casestream.case_members FINAL
)
GROUP BY case_id
ORDER BY case_id
LIMIT {most:UInt32}
