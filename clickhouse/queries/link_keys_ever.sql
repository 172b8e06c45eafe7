-- Which records carried which identifiers at any time, as far as link's memory has not been tidied. The value is kept
-- beside the hash: a hash alone never links.
SELECT DISTINCT key_kind, key_value, record_id
FROM casestream.link_keys
WHERE key_hash IN {keys:Array(UInt64)}
