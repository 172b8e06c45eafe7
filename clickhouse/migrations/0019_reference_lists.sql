-- National lists that a file brought (`casestream reference load`), each load under its version. An entry is valid from a
-- day until a later load of the list takes its place; what a later load leaves out ends with it.
-- `details` is JSON: whatever else the list says of a code.
CREATE TABLE IF NOT EXISTS casestream.reference_loads
(
    list LowCardinality(String),
    version UInt64,
    valid_from Date32,
    entries UInt32,
    digest String
)
ENGINE = ReplacingMergeTree
ORDER BY (list, version)
SETTINGS fsync_after_insert = 1;

CREATE TABLE IF NOT EXISTS casestream.reference_entries
(
    list LowCardinality(String),
    code String,
    year UInt16,
    name String,
    details String CODEC(ZSTD(1)),
    valid_from Date32,
    version UInt64
)
ENGINE = ReplacingMergeTree
ORDER BY (list, version, code, year);

-- The entries as they are today: those of the load that is valid now, the latest of several from one day.
CREATE OR REPLACE VIEW casestream.v_reference AS
SELECT entry.list AS list, code, year, name, details, entry.valid_from AS valid_from
FROM casestream.reference_entries AS entry FINAL
INNER JOIN
(
    SELECT list, argMax(version, (valid_from, version)) AS version
    FROM casestream.reference_loads FINAL
    WHERE valid_from <= toDate32(now('Europe/London'))
    GROUP BY list
) AS held ON entry.list = held.list AND entry.version = held.version;

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
    AND list IN (SELECT list FROM casestream.v_reference)
    AND (list, code) NOT IN (SELECT list, code FROM casestream.v_reference);
