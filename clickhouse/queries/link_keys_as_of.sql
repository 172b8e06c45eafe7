-- Which records carried which identifiers below an offset. The value is kept beside the hash: a hash alone never links.
SELECT key_kind, key_value, record_id
FROM
(
    SELECT key_kind, key_value, record_id, argMax(present, version) AS carried
    FROM casestream.link_keys
    WHERE key_hash IN {keys:Array(UInt64)} AND version < {below:UInt64}
    GROUP BY key_kind, key_value, record_id
)
WHERE carried = 1
