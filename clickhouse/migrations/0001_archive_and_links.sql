-- The archive of the feeds, what was rejected, the states of records, and what links them.
-- Written by: standardise (events, rejects, record_states), link (link_*, records, record_keys, case_members).
-- Every time is UTC. A version is epoch << 44 | offset in the topic records.

CREATE DATABASE IF NOT EXISTS casestream;

-- The epoch of a topic rises when the topic is created anew, so that a version never goes back.
CREATE TABLE IF NOT EXISTS casestream.topic_epochs
(
    topic LowCardinality(String),
    topic_id String,
    epoch UInt32
)
ENGINE = ReplacingMergeTree
ORDER BY (topic, topic_id)
SETTINGS fsync_after_insert = 1;

-- One row for each message of the feed topics, duplicates and rejected ones too: replay starts from here.
CREATE TABLE IF NOT EXISTS casestream.events
(
    topic LowCardinality(String),
    epoch UInt32,
    partition UInt16,
    offset UInt64,
    received_at DateTime64(3, 'UTC'),
    agency LowCardinality(String),
    type LowCardinality(String),
    source LowCardinality(String),
    subject String,
    event_id String,
    time Nullable(DateTime64(6, 'UTC')),
    record_ids Array(String),
    findings Array(LowCardinality(String)),
    content_type LowCardinality(String),
    body String CODEC(ZSTD(1)),
    version UInt64 DEFAULT 0
)
ENGINE = ReplacingMergeTree(version)
ORDER BY (topic, epoch, partition, offset)
SETTINGS fsync_after_insert = 1;

-- At most one row for a message of the feed topics: at which stage it was rejected, by which rule, and why.
CREATE TABLE IF NOT EXISTS casestream.rejects
(
    topic LowCardinality(String),
    epoch UInt32,
    partition UInt16,
    offset UInt64,
    received_at DateTime64(3, 'UTC'),
    agency LowCardinality(String),
    stage LowCardinality(String),
    rule LowCardinality(String),
    field String,
    value String,
    reason String,
    type LowCardinality(String),
    source LowCardinality(String),
    subject String,
    event_id String,
    body String CODEC(ZSTD(1)),
    version UInt64 DEFAULT 0
)
ENGINE = ReplacingMergeTree(version)
ORDER BY (topic, epoch, partition, offset)
SETTINGS fsync_after_insert = 1;

-- The body of every accepted state of every record; a part of a state (one case of a hearing day) is a record.
CREATE TABLE IF NOT EXISTS casestream.record_states
(
    record_id String,
    digest String,
    sequence String,
    time_us Int64,
    tie String,
    kind LowCardinality(String),
    body String CODEC(ZSTD(1))
)
ENGINE = ReplacingMergeTree
ORDER BY (record_id, digest, sequence, time_us, tie)
SETTINGS index_granularity = 1024, fsync_after_insert = 1;

-- link's own memory: rows are only added; a look-up takes the highest version below the chunk that asks.
CREATE TABLE IF NOT EXISTS casestream.link_records
(
    record_id String,
    version UInt64,
    state String
)
ENGINE = ReplacingMergeTree
ORDER BY (record_id, version)
SETTINGS index_granularity = 1024, fsync_after_insert = 1;

CREATE TABLE IF NOT EXISTS casestream.link_keys
(
    key_hash UInt64,
    record_id String,
    version UInt64,
    present UInt8,
    key_kind LowCardinality(String),
    key_value String
)
ENGINE = ReplacingMergeTree
ORDER BY (key_hash, record_id, version)
SETTINGS index_granularity = 1024, fsync_after_insert = 1;

-- The records as they are now, for readers. A deleted record keeps its row: its deletion is a state.
CREATE TABLE IF NOT EXISTS casestream.records
(
    record_id String,
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
    version UInt64
)
ENGINE = ReplacingMergeTree(version)
ORDER BY record_id
SETTINGS fsync_after_insert = 1;

CREATE TABLE IF NOT EXISTS casestream.record_keys
(
    record_id String,
    key_kind LowCardinality(String),
    key_value String,
    version UInt64,
    is_deleted UInt8
)
ENGINE = ReplacingMergeTree(version, is_deleted)
ORDER BY (record_id, key_kind, key_value)
SETTINGS fsync_after_insert = 1;

-- Each current record and the case it belongs to, with the identifier that it shares and with which record.
CREATE TABLE IF NOT EXISTS casestream.case_members
(
    record_id String,
    case_id String,
    kind LowCardinality(String),
    agency LowCardinality(String),
    source LowCardinality(String),
    subject String,
    part String,
    reason_kind LowCardinality(String),
    reason_value String,
    reason_record String,
    version UInt64,
    is_deleted UInt8,
    INDEX by_case case_id TYPE bloom_filter GRANULARITY 4
)
ENGINE = ReplacingMergeTree(version, is_deleted)
ORDER BY record_id
SETTINGS index_granularity = 1024, fsync_after_insert = 1;

-- Identifiers held out of linking because they are on too many records; one row while held out.
CREATE TABLE IF NOT EXISTS casestream.held_out_keys
(
    key_hash UInt64,
    key_kind LowCardinality(String),
    key_value String,
    records UInt32,
    version UInt64,
    is_deleted UInt8
)
ENGINE = ReplacingMergeTree(version, is_deleted)
ORDER BY key_hash
SETTINGS fsync_after_insert = 1;

-- A case that could not be projected keeps its rows and gets one here, until it can be.
CREATE TABLE IF NOT EXISTS casestream.case_faults
(
    case_id String,
    error String,
    version UInt64,
    is_deleted UInt8
)
ENGINE = ReplacingMergeTree(version, is_deleted)
ORDER BY case_id
SETTINGS fsync_after_insert = 1;

-- project's own memory: the keys of all rows that a case has or may have in the case tables, written before them.
CREATE TABLE IF NOT EXISTS casestream.case_projections
(
    case_id String,
    row_keys String,
    version UInt64
)
ENGINE = ReplacingMergeTree(version)
ORDER BY case_id
SETTINGS index_granularity = 1024, fsync_after_insert = 1;
