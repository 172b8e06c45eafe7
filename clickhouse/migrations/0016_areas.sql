-- What the forces are called, and the areas of every agency that they belong to, by role and dated. The rows of both
-- tables come from one list (schemas/areas.py), which `casestream migrate` writes where they differ from it.
ALTER TABLE casestream.forces
    ADD COLUMN IF NOT EXISTS gss LowCardinality(String),
    ADD COLUMN IF NOT EXISTS official_name String,
    ADD COLUMN IF NOT EXISTS slug String;

CREATE TABLE IF NOT EXISTS casestream.areas
(
    force LowCardinality(String),
    role LowCardinality(String),
    area LowCardinality(String),
    valid_from Date32,
    valid_to Nullable(Date32),
    version UInt64,
    is_deleted UInt8
)
ENGINE = ReplacingMergeTree(version, is_deleted)
ORDER BY (force, role, area, valid_from);

-- Today's areas of a force in one row; London's forces have two of the CPS.
CREATE OR REPLACE VIEW casestream.v_force_areas AS
SELECT
    force,
    any(names.name) AS name,
    any(names.gss) AS gss,
    arraySort(groupArrayIf(area, role = 'board')) AS boards,
    arraySort(groupArrayIf(area, role = 'cps')) AS cps_areas,
    arraySort(groupArrayIf(area, role = 'region')) AS regions,
    arraySort(groupArrayIf(area, role = 'court')) AS court_regions,
    arraySort(groupArrayIf(area, role = 'probation')) AS probation_regions
FROM
(
    SELECT force, name, gss
    FROM casestream.forces FINAL
) AS names
LEFT JOIN
(
    SELECT force, role, area
    FROM casestream.areas FINAL
    WHERE valid_to IS NULL
) AS areas USING force
GROUP BY force;
