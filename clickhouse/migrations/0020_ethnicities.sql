-- Ethnicity as people say it themselves (16+1 and 18+1) and as an officer observes it (6+1): two series that are never
-- merged. The rows come from one list (schemas/codes.py), which `casestream migrate` writes where they differ from it.
CREATE TABLE IF NOT EXISTS casestream.ethnicities
(
    series LowCardinality(String),
    code LowCardinality(String),
    name String,
    ethnic_group LowCardinality(String)
)
ENGINE = ReplacingMergeTree
ORDER BY (series, code);

-- Codes in use that neither series has; they are kept as they came.
CREATE OR REPLACE VIEW casestream.v_unknown_ethnicities AS
SELECT agency, thing, series, code, count() AS uses
FROM
(
    SELECT 'police' AS agency, 'victim' AS thing, told.1 AS series, told.2 AS code
    FROM casestream.case_victims FINAL
    ARRAY JOIN [('self', toString(ethnicity_self)), ('observed', toString(ethnicity_observed))] AS told
    UNION ALL
    SELECT 'police', 'suspect', told.1, told.2
    FROM casestream.case_suspects FINAL
    ARRAY JOIN [('self', toString(ethnicity_self)), ('observed', toString(ethnicity_observed))] AS told
    UNION ALL
    SELECT 'hmcts', 'defendant', told.1, told.2
    FROM casestream.case_defendants FINAL
    ARRAY JOIN [('self', toString(ethnicity_self)), ('observed', toString(ethnicity_observed))] AS told
)
WHERE code != '' AND (series, code) NOT IN (SELECT series, code FROM casestream.ethnicities FINAL)
GROUP BY agency, thing, series, code;
