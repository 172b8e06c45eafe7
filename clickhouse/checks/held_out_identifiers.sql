-- title: identifiers that are on too many records to link
-- settled: no
-- remedy: usually a placeholder: tell the agency. It links again by itself when enough records are corrected.
SELECT key_kind, key_value, records, count() OVER () AS found
FROM casestream.held_out_keys FINAL
ORDER BY records DESC, key_kind, key_value
LIMIT {most:UInt32}
