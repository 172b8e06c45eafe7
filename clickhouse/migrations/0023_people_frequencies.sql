-- How often each value of a column occurs among the person records: snapshots, which never change. `snapshot` is a digest of
-- all that it holds. The values are names, dates of birth, postcodes and identifiers of people: no reader's.
CREATE TABLE IF NOT EXISTS casestream.people_frequencies
(
    snapshot String,
    column LowCardinality(String),
    value String,
    records UInt32
)
ENGINE = ReplacingMergeTree
ORDER BY (snapshot, column, value)
SETTINGS fsync_after_insert = 1;

-- The snapshots that are complete: written when all rows are there. `records` is how many person records were counted.
CREATE TABLE IF NOT EXISTS casestream.people_snapshots
(
    number UInt32,
    snapshot String,
    records UInt64,
    taken_at DateTime('UTC'),
    taken_by String,
    reason String
)
ENGINE = ReplacingMergeTree
ORDER BY (number, snapshot)
SETTINGS fsync_after_insert = 1;

-- A scoring is a model with a snapshot of term frequencies (empty for none).
ALTER TABLE casestream.people_scorings ADD COLUMN IF NOT EXISTS snapshot String;

CREATE OR REPLACE VIEW casestream.v_people_scorings DEFINER = CURRENT_USER SQL SECURITY DEFINER AS
SELECT
    number, model, digest, snapshot, added_at,
    number = (SELECT max(scoring) FROM casestream.people_progress) AS in_force
FROM casestream.people_scorings FINAL;

-- The snapshots for readers: by column how many values there are and how often they occur in all, and none of them.
CREATE OR REPLACE VIEW casestream.v_people_snapshots DEFINER = CURRENT_USER SQL SECURITY DEFINER AS
SELECT
    told.number AS number, told.snapshot AS snapshot, told.records AS records, told.taken_at AS taken_at,
    counted.column AS column, counted.distinct_values AS distinct_values, counted.occurrences AS occurrences
FROM casestream.people_snapshots AS told FINAL
LEFT JOIN
(
    SELECT snapshot, column, count() AS distinct_values, sum(records) AS occurrences
    FROM casestream.people_frequencies FINAL
    GROUP BY snapshot, column
) AS counted ON counted.snapshot = told.snapshot;
