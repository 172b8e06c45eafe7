-- link sends each change once; ClickHouse makes readers' rows of it, within the same insert. An insert that fails
-- half-way is repeated with the same rows under the same versions.
CREATE TABLE IF NOT EXISTS casestream.linked_records
(
    record_id String,
    case_id String,
    kind LowCardinality(String),
    agency LowCardinality(String),
    source LowCardinality(String),
    subject String,
    part String,
    current UInt8,
    deleted UInt8,
    states UInt32,
    known_at Nullable(DateTime64(6, 'UTC')),
    digest String,
    reason_kind LowCardinality(String),
    reason_value String,
    reason_record String,
    version UInt64
)
ENGINE = Null;

CREATE MATERIALIZED VIEW IF NOT EXISTS casestream.linked_records_to_records TO casestream.records AS
SELECT record_id, kind, agency, source, subject, part, current, deleted, states, known_at, digest, version
FROM casestream.linked_records;

CREATE MATERIALIZED VIEW IF NOT EXISTS casestream.linked_records_to_case_members TO casestream.case_members AS
SELECT
    record_id, case_id, kind, agency, source, subject, part, reason_kind, reason_value, reason_record, version,
    toUInt8(current = 0) AS is_deleted
FROM casestream.linked_records;

CREATE MATERIALIZED VIEW IF NOT EXISTS casestream.link_keys_to_record_keys TO casestream.record_keys AS
SELECT record_id, key_kind, key_value, version, toUInt8(present = 0) AS is_deleted
FROM casestream.link_keys;
