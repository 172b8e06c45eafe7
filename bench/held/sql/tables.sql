-- One history, cut at what differs between its copies. `record`, `of_case` and `other` are places of names in the group.
CREATE TABLE casestream.held_states
(
    ids Array(String), record UInt16, version UInt64, texts Array(String), puts Array(Int16), times Array(Int64)
)
ENGINE = MergeTree ORDER BY tuple();

CREATE TABLE casestream.held_keys
(
    key UInt32, ids Array(String), record UInt16, version UInt64, present UInt8, key_kind String, key_value String
)
ENGINE = MergeTree ORDER BY tuple();

CREATE TABLE casestream.held_hashes (copy UInt32, key UInt32, key_hash UInt64) ENGINE = Memory;

CREATE TABLE casestream.held_records
(
    ids Array(String), record UInt16, of_case UInt16, other UInt16, kind String, agency String, source String,
    subject String, part String, current UInt8, deleted UInt8, states UInt32,
    known_at Nullable(DateTime64(6, 'UTC')), digest String, reason_kind String, reason_value String, version UInt64
)
ENGINE = MergeTree ORDER BY tuple();

CREATE TABLE casestream.held_bodies
(
    ids Array(String), record UInt16, digest String, sequence String, time_us Int64, tie String, kind String,
    body String
)
ENGINE = MergeTree ORDER BY tuple();
