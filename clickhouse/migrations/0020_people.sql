-- Who is who: written by the agent people alone. Names, dates of birth, postcodes and identifiers of people are in
-- people_told, people_entries, people_keys and people_records: no reader's. Every version is that of an offset of records.

-- The agent's own memory: rows are only added; a look-up takes the highest version below the chunk that asks.
-- What agencies' records say of people: a row a record that tells, and one a person record that is told of.
CREATE TABLE IF NOT EXISTS casestream.people_told
(
    id String,
    version UInt64,
    state String
)
ENGINE = ReplacingMergeTree
ORDER BY (id, version)
SETTINGS index_granularity = 1024, fsync_after_insert = 1;

-- Person records, the decisions that name them, and the person that each is of.
CREATE TABLE IF NOT EXISTS casestream.people_entries
(
    id String,
    version UInt64,
    state String
)
ENGINE = ReplacingMergeTree
ORDER BY (id, version)
SETTINGS index_granularity = 1024, fsync_after_insert = 1;

-- The blocking keys of person records: who is compared with whom. `role` is both, l or r.
CREATE TABLE IF NOT EXISTS casestream.people_keys
(
    key_hash UInt64,
    key_text String,
    role LowCardinality(String),
    person_record_id String,
    version UInt64,
    present UInt8
)
ENGINE = ReplacingMergeTree
ORDER BY (key_hash, key_text, role, person_record_id, version)
SETTINGS index_granularity = 1024, fsync_after_insert = 1;

-- Up to which version all messages of the topic people are in the tables: the highest row holds.
CREATE TABLE IF NOT EXISTS casestream.people_progress
(
    done UInt64
)
ENGINE = ReplacingMergeTree
ORDER BY done
SETTINGS fsync_after_insert = 1;

-- A person as one system knows them under its own id.
CREATE TABLE IF NOT EXISTS casestream.people_records
(
    person_record_id String,
    role LowCardinality(String),
    side LowCardinality(String),
    first_name Nullable(String),
    middle_name Nullable(String),
    last_name Nullable(String),
    alias_first_names Array(String),
    alias_last_names Array(String),
    births Array(String),
    postcodes Array(String),
    pnc Nullable(String),
    cro Nullable(String),
    master_defendant_id Nullable(String),
    prison_number Nullable(String),
    crn Nullable(String),
    sentence_dates Array(String),
    youth UInt8,
    version UInt64,
    is_deleted UInt8
)
ENGINE = ReplacingMergeTree(version, is_deleted)
ORDER BY person_record_id
SETTINGS fsync_after_insert = 1;

-- Which records of agencies tell of a person record; the case of a record is in case_members.
CREATE TABLE IF NOT EXISTS casestream.people_sources
(
    record_id String,
    person_record_id String,
    role LowCardinality(String),
    version UInt64,
    is_deleted UInt8
)
ENGINE = ReplacingMergeTree(version, is_deleted)
ORDER BY (record_id, person_record_id)
SETTINGS fsync_after_insert = 1;

-- The person that each person record is of, and the join by which it is: `ground` is model, number or decision, empty for
-- the record that names the person and for one that its service gave up for another (`merged`); `match_weight` in bits
-- under that model and snapshot of term frequencies.
CREATE TABLE IF NOT EXISTS casestream.people_members
(
    person_record_id String,
    person_id String,
    merged UInt8,
    ground LowCardinality(String),
    with_record String,
    match_weight Nullable(Float64),
    model LowCardinality(String),
    snapshot LowCardinality(String),
    version UInt64,
    is_deleted UInt8,
    INDEX by_person person_id TYPE bloom_filter GRANULARITY 4
)
ENGINE = ReplacingMergeTree(version, is_deleted)
ORDER BY person_record_id
SETTINGS index_granularity = 1024, fsync_after_insert = 1;

-- A person: a cluster of person records. `side` is accused or victims_and_witnesses; `several` the kinds of service
-- numbers of which it has more than one.
CREATE TABLE IF NOT EXISTS casestream.people
(
    person_id String,
    side LowCardinality(String),
    status LowCardinality(String),
    attention Array(LowCardinality(String)),
    records UInt32,
    merged UInt32,
    several Array(LowCardinality(String)),
    version UInt64,
    is_deleted UInt8
)
ENGINE = ReplacingMergeTree(version, is_deleted)
ORDER BY person_id
SETTINGS fsync_after_insert = 1;

-- What readers may know of people: that records are of one person, in which roles and cases, and how sure the link is;
-- neither names nor dates of birth nor addresses nor identifiers. The views read with their maker's rights.
CREATE OR REPLACE VIEW casestream.v_people DEFINER = CURRENT_USER SQL SECURITY DEFINER AS
SELECT person_id, side, status, attention, records, merged, several
FROM casestream.people FINAL;

CREATE OR REPLACE VIEW casestream.v_people_links DEFINER = CURRENT_USER SQL SECURITY DEFINER AS
SELECT person_id, person_record_id, with_record, ground, match_weight, model, snapshot
FROM casestream.people_members FINAL
WHERE ground != '';

CREATE OR REPLACE VIEW casestream.v_people_cases DEFINER = CURRENT_USER SQL SECURITY DEFINER AS
SELECT m.person_id AS person_id, c.case_id AS case_id, arraySort(groupUniqArray(s.role)) AS roles, uniqExact(s.record_id) AS records
FROM casestream.people_members AS m FINAL
INNER JOIN casestream.people_sources AS s FINAL ON s.person_record_id = m.person_record_id
INNER JOIN casestream.case_members AS c FINAL ON c.record_id = s.record_id
GROUP BY person_id, case_id;
