-- A movement that several services tell is one row, with the services that told it.

ALTER TABLE casestream.case_custody
    ADD COLUMN IF NOT EXISTS sources Array(LowCardinality(String)) AFTER flags;

CREATE OR REPLACE VIEW casestream.v_case_custody AS
SELECT
    case_id, movement_id, linked, force, prisoner_key, booking_key, movement, at, at_precision, prison_id,
    reason, movement_code, custody_type, sentenced_on, offence_group, flags, sources, person_key
FROM casestream.case_custody FINAL;
