-- How much there is of each thing that is counted; no thing is counted in another's unit.
SELECT *
FROM
(
    SELECT 1 AS place, 'linked cases' AS thing, count() AS rows FROM casestream.cases FINAL
    UNION ALL SELECT 2, 'incidents', count() FROM casestream.incidents FINAL
    UNION ALL SELECT 3, 'crimes', count() FROM casestream.case_crimes FINAL
    UNION ALL SELECT 4, 'crimes with an outcome', count() FROM casestream.case_crimes FINAL WHERE outcome_at IS NOT NULL
    UNION ALL SELECT 5, 'stops and searches', count() FROM casestream.stop_searches FINAL
    UNION ALL SELECT 6, 'suspects', count() FROM casestream.case_suspects FINAL
    UNION ALL SELECT 7, 'arrests', count() FROM casestream.case_arrests FINAL
    UNION ALL SELECT 8, 'pre-charge consultations', count() FROM casestream.case_consultations FINAL
    UNION ALL SELECT 9, 'court cases', count() FROM casestream.case_court_cases FINAL
    UNION ALL SELECT 10, 'defendants at court', count() FROM casestream.case_defendants FINAL
    UNION ALL SELECT 11, 'hearing days', count() FROM casestream.case_hearings FINAL
    UNION ALL SELECT 12, 'trial listings', count() FROM casestream.case_trial_listings FINAL
    UNION ALL SELECT 13, 'results', count() FROM casestream.case_results FINAL
    UNION ALL SELECT 14, 'sentences', count() FROM casestream.case_sentences FINAL
    UNION ALL SELECT 15, 'custody movements', count() FROM casestream.case_custody FINAL
    UNION ALL SELECT 16, 'spells of supervision', count() FROM casestream.case_supervision FINAL
)
ORDER BY place
