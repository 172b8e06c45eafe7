-- The flag rules of an instance, as JSON: the set with the highest number is in force. A set is only ever added, by the
-- first worker and by `casestream flags use`; of two that take one number at once the least digest counts.
CREATE TABLE IF NOT EXISTS casestream.flag_rule_sets
(
    number UInt32,
    digest String,
    rules String CODEC(ZSTD(1))
)
ENGINE = ReplacingMergeTree
ORDER BY (number, digest)
SETTINGS fsync_after_insert = 1;
