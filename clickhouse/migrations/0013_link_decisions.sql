-- What people decide about linking. A decision is a record and of no case: whatever has no case is no member.
DROP VIEW IF EXISTS casestream.linked_records_to_case_members;

CREATE MATERIALIZED VIEW casestream.linked_records_to_case_members TO casestream.case_members AS
SELECT
    record_id, case_id, kind, agency, source, subject, part, reason_kind, reason_value, reason_record, version,
    toUInt8(case_id = '') AS is_deleted
FROM casestream.linked_records;

-- Identifiers of records that are not followed, since they would bring together what the decision keeps apart; one row
-- while held out. The identifier `include` is a decision that puts records together, its value that decision's id.
CREATE TABLE IF NOT EXISTS casestream.held_out_links
(
    record_id String,
    key_kind LowCardinality(String),
    key_value String,
    decision_id String,
    version UInt64,
    is_deleted UInt8
)
ENGINE = ReplacingMergeTree(version, is_deleted)
ORDER BY (record_id, key_kind, key_value, decision_id)
SETTINGS fsync_after_insert = 1;

CREATE OR REPLACE VIEW casestream.v_held_out_links DEFINER = CURRENT_USER SQL SECURITY DEFINER AS
SELECT
    record_id, key_kind, lower(hex(sipHash64(key_kind, key_value))) AS pseudonym, decision_id
FROM casestream.held_out_links FINAL;

-- The decisions that are in force; neither the reason nor who decided, since both are free text.
CREATE OR REPLACE VIEW casestream.v_link_decisions DEFINER = CURRENT_USER SQL SECURITY DEFINER AS
SELECT
    record_id AS decision_id, verdict, named[1] AS first_record, named[2] AS second_record, known_at AS decided_at
FROM
(
    SELECT
        record_id, known_at,
        JSONExtractString(body, 'verdict') AS verdict,
        arraySort(JSONExtract(body, 'records', 'Array(String)')) AS named
    FROM
    (
        SELECT record_id, digest, known_at
        FROM casestream.records FINAL
        WHERE kind = 'casestream.link_decision' AND current = 1
    ) AS record
    INNER JOIN
    (
        SELECT record_id, digest, any(body) AS body
        FROM casestream.record_states
        WHERE kind = 'casestream.link_decision'
        GROUP BY record_id, digest
    ) AS state USING (record_id, digest)
);
