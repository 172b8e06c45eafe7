-- The area that a place lies in: `list` and `code` as in the national lists (a prison), `area` its name (a region). The rows
-- are those of our own small lists (schemas/prisons.py), which `casestream migrate` writes where they differ.
CREATE TABLE IF NOT EXISTS casestream.places
(
    list LowCardinality(String),
    code String,
    area LowCardinality(String),
    version UInt64,
    is_deleted UInt8
)
ENGINE = ReplacingMergeTree(version, is_deleted)
ORDER BY (list, code);

-- The same for look-ups, with what national lists say of a place before what ours say: of the newest load that is valid
-- today and names the place. A place does not move, so what is said of it holds on every day, also where a later list leaves
-- it out because it is closed. Of several loads from one day the latest counts.
CREATE OR REPLACE DICTIONARY casestream.dict_places
(
    list String,
    code String,
    area String
)
PRIMARY KEY list, code
SOURCE(CLICKHOUSE(USER 'dictionaries' QUERY '
    SELECT list, code, argMax(of_area, (since, of_version)) AS area
    FROM
    (
        SELECT
            toString(list) AS list, code, toString(area) AS of_area, toDate32(''1900-01-01'') AS since,
            toUInt64(0) AS of_version
        FROM casestream.places FINAL
        UNION ALL
        SELECT
            toString(entry.list), entry.code, JSONExtractString(entry.details, ''region''), held.since, entry.version
        FROM casestream.reference_entries AS entry FINAL
        INNER JOIN
        (
            SELECT list, valid_from AS since, max(version) AS latest
            FROM casestream.reference_loads FINAL
            WHERE list = ''prisons'' AND valid_from <= toDate32(now(''Europe/London''))
            GROUP BY list, valid_from
        ) AS held ON entry.list = held.list AND entry.version = held.latest
        WHERE JSONExtractString(entry.details, ''region'') != ''''
    )
    GROUP BY list, code
'))
LAYOUT(COMPLEX_KEY_HASHED())
LIFETIME(MIN 300 MAX 600);
