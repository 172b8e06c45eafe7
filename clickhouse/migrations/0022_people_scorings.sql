-- By what people are scored: a scoring, with a number. Number 0 is what an instance began with (link_rules names it) and has
-- no row. A scoring is only ever added, by `casestream people model use`, and comes into force when the agent people meets
-- the message that names it. `settings` is a Splink settings document.
CREATE TABLE IF NOT EXISTS casestream.people_scorings
(
    number UInt32,
    digest String,
    model LowCardinality(String),
    settings String CODEC(ZSTD(1)),
    added_at DateTime('UTC'),
    added_by String,
    reason String
)
ENGINE = ReplacingMergeTree
ORDER BY (number, digest)
SETTINGS fsync_after_insert = 1;

-- Everybody scored anew under a scoring, step by step: step 0 says by what digest and as of which version, and in how many
-- steps; each further row that a step is in the tables.
CREATE TABLE IF NOT EXISTS casestream.people_rescorings
(
    number UInt32,
    step UInt32,
    digest String,
    as_of UInt64,
    steps UInt32
)
ENGINE = ReplacingMergeTree
ORDER BY (number, step)
SETTINGS fsync_after_insert = 1;

-- What depends on the scoring is kept by its number, so that the old persons stand until the new ones are complete. Rows of
-- a rescoring have the number of its step as version, below every version of records.
ALTER TABLE casestream.people_entries
    ADD COLUMN IF NOT EXISTS scoring UInt32,
    MODIFY ORDER BY (id, version, scoring);

ALTER TABLE casestream.people_keys
    ADD COLUMN IF NOT EXISTS scoring UInt32,
    MODIFY ORDER BY (key_hash, key_text, role, person_record_id, version, scoring);

ALTER TABLE casestream.people_members
    ADD COLUMN IF NOT EXISTS scoring UInt32,
    MODIFY ORDER BY (person_record_id, scoring);

ALTER TABLE casestream.people
    ADD COLUMN IF NOT EXISTS scoring UInt32,
    MODIFY ORDER BY (person_id, scoring);

-- Up to which version all messages are in the tables, by scoring. The highest scoring that has a row is in force: the row
-- is written when all are scored by it.
ALTER TABLE casestream.people_progress
    ADD COLUMN IF NOT EXISTS scoring UInt32,
    MODIFY ORDER BY (done, scoring);

CREATE OR REPLACE VIEW casestream.v_people DEFINER = CURRENT_USER SQL SECURITY DEFINER AS
SELECT person_id, side, status, attention, records, merged, several
FROM casestream.people FINAL
WHERE scoring = (SELECT max(scoring) FROM casestream.people_progress);

CREATE OR REPLACE VIEW casestream.v_people_links DEFINER = CURRENT_USER SQL SECURITY DEFINER AS
SELECT person_id, person_record_id, with_record, ground, match_weight, model, snapshot
FROM casestream.people_members FINAL
WHERE scoring = (SELECT max(scoring) FROM casestream.people_progress) AND ground != '';

CREATE OR REPLACE VIEW casestream.v_people_of_records DEFINER = CURRENT_USER SQL SECURITY DEFINER AS
SELECT person_record_id, person_id
FROM casestream.people_members FINAL
WHERE scoring = (SELECT max(scoring) FROM casestream.people_progress);

CREATE OR REPLACE VIEW casestream.v_people_cases DEFINER = CURRENT_USER SQL SECURITY DEFINER AS
SELECT m.person_id AS person_id, c.case_id AS case_id, arraySort(groupUniqArray(s.role)) AS roles, uniqExact(s.record_id) AS records
FROM casestream.v_people_of_records AS m
INNER JOIN casestream.people_sources AS s FINAL ON s.person_record_id = m.person_record_id
INNER JOIN casestream.case_members AS c FINAL ON c.record_id = s.record_id
GROUP BY person_id, case_id;

-- The scorings for readers: neither who added one nor why, since both are free text.
CREATE OR REPLACE VIEW casestream.v_people_scorings DEFINER = CURRENT_USER SQL SECURITY DEFINER AS
SELECT number, model, digest, added_at, number = (SELECT max(scoring) FROM casestream.people_progress) AS in_force
FROM casestream.people_scorings FINAL;
