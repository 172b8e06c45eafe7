-- Every identifier that a record ever carried, for the filter of what exists.
SELECT DISTINCT key_hash FROM casestream.link_keys
