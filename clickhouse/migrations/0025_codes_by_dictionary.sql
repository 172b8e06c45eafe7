-- Codes in use are looked up in the dictionaries, where they were joined with the whole list.

-- Codes in use that the list that was loaded does not know; they are kept as they came. Without a list there is none.
CREATE OR REPLACE VIEW casestream.v_unknown_codes AS
SELECT list, code, uses
FROM
(
    SELECT 'offence-codes' AS list, substring(offence_code, 1, 7) AS code, count() AS uses
    FROM casestream.case_offences FINAL
    GROUP BY code
    UNION ALL
    SELECT 'courts', court_ou, count()
    FROM casestream.case_court_cases FINAL
    GROUP BY court_ou
    UNION ALL
    SELECT 'prisons', prison_id, count()
    FROM casestream.case_custody FINAL
    GROUP BY prison_id
    UNION ALL
    SELECT 'probation-regions', region, count()
    FROM casestream.case_supervision FINAL
    GROUP BY region
)
WHERE code != ''
    AND list IN (
        SELECT list FROM casestream.reference_loads WHERE valid_from <= toDate32(now('Europe/London'))
    )
    AND NOT dictHas(
        'casestream.dict_reference', (list, toString(code), toUInt16(0)), toDate32(now('Europe/London'))
    );

-- Codes in use that neither series of ethnicities has; they are kept as they came.
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
WHERE code != '' AND NOT dictHas('casestream.dict_ethnicities', (series, code))
GROUP BY agency, thing, series, code;
