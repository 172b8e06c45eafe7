-- What link goes by, fixed when an instance first runs: a worker with other settings must not end in other tables.
CREATE TABLE IF NOT EXISTS casestream.link_rules
(
    name LowCardinality(String),
    value UInt64
)
ENGINE = ReplacingMergeTree
ORDER BY (name, value)
SETTINGS fsync_after_insert = 1;
