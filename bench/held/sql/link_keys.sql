-- Which record carried which identifier, for the copies whose hashes are given.
INSERT INTO casestream.link_keys (key_hash, record_id, version, present, key_kind, key_value)
WITH arraySort(arrayMap(id -> lower(substring(hex(MD5(concat(id, toString(copy)))), 1, 24)), ids)) AS names
SELECT
    key_hash,
    concat('r', names[record]),
    version + copy * {messages:UInt64},
    present,
    key_kind,
    concat(leftPad(toString(copy), {digits:UInt8}, '0'), '.', key_value)
FROM casestream.held_hashes
INNER JOIN casestream.held_keys USING (key)
