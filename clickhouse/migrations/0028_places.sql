-- The area that a place lies in: `list` and `code` as in the national lists; of a prison `area` is its region, of a postcode
-- area (`LE`) the number of the police force. The rows are those of our own small lists (schemas/prisons.py,
-- schemas/postcodes.py), which `casestream migrate` writes where they differ.
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
-- it out because it is closed. Of several loads from one day the latest counts. Postcodes are told by district (`LE1`); one
-- that a national list has without a force lies in none alone.
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
            toString(entry.list), entry.code,
            if(entry.list = ''prisons'', JSONExtractString(entry.details, ''region''), entry.name), held.since,
            entry.version
        FROM casestream.reference_entries AS entry FINAL
        INNER JOIN
        (
            SELECT list, valid_from AS since, max(version) AS latest
            FROM casestream.reference_loads FINAL
            WHERE list IN (''prisons'', ''postcodes'') AND valid_from <= toDate32(now(''Europe/London''))
            GROUP BY list, valid_from
        ) AS held ON entry.list = held.list AND entry.version = held.latest
        WHERE entry.list = ''postcodes'' OR JSONExtractString(entry.details, ''region'') != ''''
    )
    GROUP BY list, code
'))
LAYOUT(COMPLEX_KEY_HASHED())
LIFETIME(MIN 300 MAX 600);

-- The districts of a person's postcodes, as they are looked up: made when a record is written, for older ones when read.
ALTER TABLE casestream.people_records ADD COLUMN IF NOT EXISTS districts Array(LowCardinality(String)) MATERIALIZED
    arrayMap(one -> substring(one, 1, length(one) - 3), arrayFilter(
        one -> match(one, '^[A-Z][A-HJ-Y]?[0-9][A-Z0-9]?[0-9][A-Z][A-Z]$'),
        arrayMap(one -> upper(replaceRegexpAll(one, '\\s', '')), postcodes)
    ));

-- The police force in whose area a person lives, by the postcode of the addresses that their records tell: its district,
-- else its area. A person whose addresses lie in several forces, or in none that is known, has no row. The view reads with
-- its maker's rights: readers get the force, and neither postcode nor district (`person_key` of the case tables).
CREATE OR REPLACE VIEW casestream.v_people_homes DEFINER = CURRENT_USER SQL SECURITY DEFINER AS
SELECT person_record_id, forces[1] AS home_force
FROM
(
    SELECT
        person_record_id,
        arrayDistinct(arrayFilter(one -> one != '', arrayMap(
            one -> dictGetOrDefault(
                'casestream.dict_places', 'area', ('postcodes', one),
                dictGetOrDefault('casestream.dict_places', 'area', ('postcodes', extract(one, '^[A-Z]+')), '')
            ),
            districts
        ))) AS forces
    FROM casestream.people_records FINAL
)
WHERE length(forces) = 1;

-- The completions of migration 0015, with who the defendant is.
CREATE OR REPLACE VIEW casestream.v_crown_completions AS
SELECT
    case_id, court_case_id, defendant_id, person_key, force, court_ou, offence_group, offence_subgroup, flags, sex, age,
    youth, ethnicity_self, ethnicity_observed, completed_on, charge_on,
    toDate32(coalesce(received_cc_at, sent_at), 'Europe/London') AS arrived_on,
    if(remand_status = 'custody', 'custody', 'not in custody') AS custody
FROM casestream.case_defendants FINAL
WHERE jurisdiction = 'crown' AND live = 0 AND completed_on IS NOT NULL AND charge_on IS NOT NULL
    AND empty(excluded) AND warrant_live = 0;
