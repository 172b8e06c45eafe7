-- Which crimes count as recorded (measure P01): said once, for every measure that counts them. British Transport Police
-- and forces beyond England and Wales are no territorial forces of the 43, which alone have a region.

CREATE OR REPLACE VIEW casestream.v_recorded_crimes AS
SELECT
    case_id, crime_id, force, recorded_at, recorded_precision, ho_code, offence_code, offence_group,
    offence_subgroup, victim_based, flags
FROM casestream.case_crimes FINAL
WHERE cancelled_at IS NULL
    AND transferred_at IS NULL
    AND offence_group NOT IN ('Fraud', 'Computer misuse')
    AND force IN (SELECT force FROM casestream.forces WHERE region != '');
