-- Link rates (measure A04) without a look through every record: how many current records each agency has in a case, and
-- which agencies tell of it. Cases that were projected before get their rows from `casestream reproject --all`.
CREATE TABLE IF NOT EXISTS casestream.case_agencies
(
    case_id       String,
    agency        LowCardinality(String),
    linked        UInt8,
    force         LowCardinality(String),
    offence_group LowCardinality(String),
    records       UInt32,
    agencies      Array(LowCardinality(String)),
    flags         Array(LowCardinality(String)),
    version       UInt64,
    is_deleted    UInt8
)
ENGINE = ReplacingMergeTree(version, is_deleted)
ORDER BY (case_id, agency)
SETTINGS index_granularity = 2048;

CREATE VIEW IF NOT EXISTS casestream.v_case_agencies AS
SELECT case_id, agency, linked, force, offence_group, records, agencies, flags
FROM casestream.case_agencies FINAL;

-- Link rates: of an agency's records that can belong to a case, those whose case holds a record of each other agency.
CREATE OR REPLACE VIEW casestream.v_quality_links AS
SELECT told.agency AS agency, other, told.force AS force, sum(told.records) AS records,
    sumIf(told.records, has(told.agencies, other)) AS linked
FROM casestream.case_agencies AS told FINAL
ARRAY JOIN ['police', 'cps', 'hmcts', 'hmpps'] AS other
WHERE told.linked = 1 AND other != told.agency
GROUP BY told.agency, other, told.force;
