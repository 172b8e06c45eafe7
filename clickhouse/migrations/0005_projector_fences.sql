-- Who projects which partition of the topic cases, and up to which offset it has begun to: a worker that was replaced
-- finds a later token here and writes nothing more; its successor learns how far others may have written.

CREATE TABLE IF NOT EXISTS casestream.projector_fences
(
    partition UInt16,
    token UInt64,
    owner String,
    end UInt64
)
ENGINE = ReplacingMergeTree
ORDER BY (partition, token, owner, end)
SETTINGS fsync_after_insert = 1;
