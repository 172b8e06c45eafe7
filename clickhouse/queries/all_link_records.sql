-- Every record and subject that link ever knew, for the filter of what exists.
SELECT DISTINCT record_id FROM casestream.link_records
