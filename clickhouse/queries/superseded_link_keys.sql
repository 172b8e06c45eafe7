-- How many rows of identifiers lie below an offset and are not the highest there, of the hashes of a slice.
SELECT sum(versions - 1) AS rows
FROM
(
    SELECT uniqExact(version) AS versions
    FROM casestream.link_keys
    WHERE key_hash BETWEEN {first:UInt64} AND {last:UInt64} AND version < {below:UInt64}
    GROUP BY key_hash, record_id, key_kind, key_value
)
