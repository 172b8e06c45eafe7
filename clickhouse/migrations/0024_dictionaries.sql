-- The lists as dictionaries, for a look-up of one code without a join: dictGet('casestream.dict_forces', 'name', force).
-- They read the tables beside them as the user `dictionaries`, who has no password, comes from this machine alone and may
-- read these tables alone; `casestream migrate` and `casestream reference load` have them read anew, and they do so by
-- themselves within ten minutes.

CREATE OR REPLACE DICTIONARY casestream.dict_forces
(
    force String,
    name String,
    gss String,
    official_name String,
    slug String,
    board String,
    region String
)
PRIMARY KEY force
SOURCE(CLICKHOUSE(USER 'dictionaries' QUERY '
    SELECT force, name, gss, official_name, slug, board, region FROM casestream.forces FINAL
'))
LAYOUT(COMPLEX_KEY_HASHED())
LIFETIME(MIN 300 MAX 600);

-- The areas of a force in a role on a day: several where the force was in several.
CREATE OR REPLACE DICTIONARY casestream.dict_areas
(
    force String,
    role String,
    valid_from Date32,
    valid_to Date32,
    areas Array(String)
)
PRIMARY KEY force, role
SOURCE(CLICKHOUSE(USER 'dictionaries' QUERY '
    SELECT
        force, role, valid_from, ifNull(valid_to, toDate32(''2299-12-31'')) AS valid_to,
        arraySort(groupArray(toString(area))) AS areas
    FROM casestream.areas FINAL
    GROUP BY force, role, valid_from, valid_to
'))
LAYOUT(COMPLEX_KEY_RANGE_HASHED())
RANGE(MIN valid_from MAX valid_to)
LIFETIME(MIN 300 MAX 600);

CREATE OR REPLACE DICTIONARY casestream.dict_ethnicities
(
    series String,
    code String,
    name String,
    ethnic_group String
)
PRIMARY KEY series, code
SOURCE(CLICKHOUSE(USER 'dictionaries' QUERY '
    SELECT series, code, name, ethnic_group FROM casestream.ethnicities FINAL
'))
LAYOUT(COMPLEX_KEY_HASHED())
LIFETIME(MIN 300 MAX 600);

-- What a national list said of a code on a day, and in which version: of the load that was valid then, the latest of
-- several from one day. `year` is that of a figure (population), 0 for a code.
CREATE OR REPLACE DICTIONARY casestream.dict_reference
(
    list String,
    code String,
    year UInt16,
    valid_from Date32,
    valid_to Date32,
    name String,
    details String,
    version UInt64
)
PRIMARY KEY list, code, year
SOURCE(CLICKHOUSE(USER 'dictionaries' QUERY '
    SELECT
        entry.list AS list, code, year, held.since AS valid_from, held.until AS valid_to, name, details,
        entry.version AS version
    FROM casestream.reference_entries AS entry FINAL
    INNER JOIN
    (
        SELECT
            list, latest, since,
            leadInFrame(since - 1, 1, toDate32(''2299-12-31'')) OVER (
                PARTITION BY list ORDER BY since ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING
            ) AS until
        FROM
        (
            SELECT list, valid_from AS since, max(version) AS latest
            FROM casestream.reference_loads FINAL
            GROUP BY list, valid_from
        )
    ) AS held ON entry.list = held.list AND entry.version = held.latest
'))
LAYOUT(COMPLEX_KEY_RANGE_HASHED())
RANGE(MIN valid_from MAX valid_to)
LIFETIME(MIN 300 MAX 600);
