-- What readers may know of linking: which records are of which case, by which kind of identifier and with which record
-- they are linked, but neither the identifiers nor the agencies' own ids (URN, ASN, prison number, CRN ...). An
-- identifier is stood for by a pseudonym: the same value has the same one.
-- The views read the tables with their maker's rights, so that their readers need none on the tables.

CREATE OR REPLACE VIEW casestream.v_records DEFINER = CURRENT_USER SQL SECURITY DEFINER AS
SELECT record_id, kind, agency, source, current, deleted, states, known_at
FROM casestream.records FINAL;

CREATE OR REPLACE VIEW casestream.v_record_keys DEFINER = CURRENT_USER SQL SECURITY DEFINER AS
SELECT record_id, key_kind, lower(hex(sipHash64(key_kind, key_value))) AS pseudonym
FROM casestream.record_keys FINAL;

CREATE OR REPLACE VIEW casestream.v_case_members DEFINER = CURRENT_USER SQL SECURITY DEFINER AS
SELECT
    record_id, case_id, kind, agency, source, reason_kind,
    if(reason_kind = '', '', lower(hex(sipHash64(reason_kind, reason_value)))) AS reason_pseudonym,
    reason_record
FROM casestream.case_members FINAL;

CREATE OR REPLACE VIEW casestream.v_held_out_keys DEFINER = CURRENT_USER SQL SECURITY DEFINER AS
SELECT key_kind, lower(hex(sipHash64(key_kind, key_value))) AS pseudonym, records
FROM casestream.held_out_keys FINAL;

-- An error may quote what it failed on.
CREATE OR REPLACE VIEW casestream.v_case_faults DEFINER = CURRENT_USER SQL SECURITY DEFINER AS
SELECT case_id
FROM casestream.case_faults FINAL;

CREATE OR REPLACE VIEW casestream.feed_messages DEFINER = CURRENT_USER SQL SECURITY DEFINER AS
SELECT topic, epoch, partition, offset, received_at, agency, type, source, event_id, time, findings
FROM casestream.events FINAL;

-- Without the reason: it may quote the value that was wrong.
CREATE OR REPLACE VIEW casestream.feed_rejects DEFINER = CURRENT_USER SQL SECURITY DEFINER AS
SELECT topic, epoch, partition, offset, received_at, agency, stage, rule, field, type, source, event_id
FROM casestream.rejects FINAL;
