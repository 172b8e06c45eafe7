-- link's own memory in smaller pieces. A look-up reads a whole granule of each key, which of the tables as they were is
-- 1,024 rows, decompressed for one of them: with millions of records held that was most of what a correction cost. LZ4
-- is quicker to undo than what a server chooses for large parts. A block that is compressed ends with its granule once
-- it has 1,024 bytes, or else a look-up would undo the neighbours too. The index in memory has the first column alone,
-- for that is all that look-ups ask by.

-- The granules of a table cannot be changed, so each is made anew beside the old one, filled, and takes its place. A row
-- that is there twice counts once, so workers may write meanwhile: what they wrote is among the last million offsets and
-- is copied once more in the end. When this failed half-way before, the table beside may be the old one, with such rows.
CREATE TABLE IF NOT EXISTS casestream.link_records_anew AS casestream.link_records;

INSERT INTO casestream.link_records (record_id, version, state)
SELECT record_id, version, state
FROM casestream.link_records_anew
WHERE version + 1000000 > (SELECT max(version) FROM casestream.link_records_anew);

DROP TABLE IF EXISTS casestream.link_records_anew;

CREATE TABLE casestream.link_records_anew
(
    record_id String CODEC(LZ4),
    version UInt64 CODEC(LZ4),
    state String CODEC(LZ4)
)
ENGINE = ReplacingMergeTree
PRIMARY KEY record_id
ORDER BY (record_id, version)
SETTINGS
    index_granularity = 64, min_compress_block_size = 1024, max_compress_block_size = 16384, fsync_after_insert = 1;

CREATE TABLE IF NOT EXISTS casestream.link_keys_anew AS casestream.link_keys;

INSERT INTO casestream.link_keys (key_hash, record_id, version, present, key_kind, key_value)
SELECT key_hash, record_id, version, present, key_kind, key_value
FROM casestream.link_keys_anew
WHERE version + 1000000 > (SELECT max(version) FROM casestream.link_keys_anew);

DROP TABLE IF EXISTS casestream.link_keys_anew;

CREATE TABLE casestream.link_keys_anew
(
    key_hash UInt64 CODEC(LZ4),
    record_id String CODEC(LZ4),
    version UInt64 CODEC(LZ4),
    present UInt8 CODEC(LZ4),
    key_kind LowCardinality(String) CODEC(LZ4),
    key_value String CODEC(LZ4)
)
ENGINE = ReplacingMergeTree
PRIMARY KEY key_hash
ORDER BY (key_hash, record_id, version)
SETTINGS
    index_granularity = 128, min_compress_block_size = 1024, max_compress_block_size = 16384, fsync_after_insert = 1;

-- They are filled in four slices each, none of which lasts long.
INSERT INTO casestream.link_records_anew (record_id, version, state)
SELECT record_id, version, state
FROM casestream.link_records
WHERE record_id < 'r4';

INSERT INTO casestream.link_records_anew (record_id, version, state)
SELECT record_id, version, state
FROM casestream.link_records
WHERE record_id >= 'r4' AND record_id < 'r8';

INSERT INTO casestream.link_records_anew (record_id, version, state)
SELECT record_id, version, state
FROM casestream.link_records
WHERE record_id >= 'r8' AND record_id < 'rc';

INSERT INTO casestream.link_records_anew (record_id, version, state)
SELECT record_id, version, state
FROM casestream.link_records
WHERE record_id >= 'rc';

INSERT INTO casestream.link_keys_anew (key_hash, record_id, version, present, key_kind, key_value)
SELECT key_hash, record_id, version, present, key_kind, key_value
FROM casestream.link_keys
WHERE key_hash < 4611686018427387904;

INSERT INTO casestream.link_keys_anew (key_hash, record_id, version, present, key_kind, key_value)
SELECT key_hash, record_id, version, present, key_kind, key_value
FROM casestream.link_keys
WHERE key_hash >= 4611686018427387904 AND key_hash < 9223372036854775808;

INSERT INTO casestream.link_keys_anew (key_hash, record_id, version, present, key_kind, key_value)
SELECT key_hash, record_id, version, present, key_kind, key_value
FROM casestream.link_keys
WHERE key_hash >= 9223372036854775808 AND key_hash < 13835058055282163712;

INSERT INTO casestream.link_keys_anew (key_hash, record_id, version, present, key_kind, key_value)
SELECT key_hash, record_id, version, present, key_kind, key_value
FROM casestream.link_keys
WHERE key_hash >= 13835058055282163712;

-- The view reads what is inserted into a table by its name. It is made anew behind the exchange, for whether a view goes
-- with the name or with the table is not the same in all versions of ClickHouse.
DROP VIEW IF EXISTS casestream.link_keys_to_record_keys;

EXCHANGE TABLES casestream.link_records AND casestream.link_records_anew;

EXCHANGE TABLES casestream.link_keys AND casestream.link_keys_anew;

CREATE MATERIALIZED VIEW IF NOT EXISTS casestream.link_keys_to_record_keys TO casestream.record_keys AS
SELECT record_id, key_kind, key_value, version, toUInt8(present = 0) AS is_deleted
FROM casestream.link_keys;

-- What workers wrote meanwhile.
INSERT INTO casestream.link_records (record_id, version, state)
SELECT record_id, version, state
FROM casestream.link_records_anew
WHERE version + 1000000 > (SELECT max(version) FROM casestream.link_records_anew);

INSERT INTO casestream.link_keys (key_hash, record_id, version, present, key_kind, key_value)
SELECT key_hash, record_id, version, present, key_kind, key_value
FROM casestream.link_keys_anew
WHERE version + 1000000 > (SELECT max(version) FROM casestream.link_keys_anew);

INSERT INTO casestream.record_keys (record_id, key_kind, key_value, version, is_deleted)
SELECT record_id, key_kind, key_value, version, toUInt8(present = 0)
FROM casestream.link_keys
WHERE version + 1000000 > (SELECT max(version) FROM casestream.link_keys);

DROP TABLE casestream.link_records_anew;

DROP TABLE casestream.link_keys_anew;
