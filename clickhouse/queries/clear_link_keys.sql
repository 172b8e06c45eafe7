-- Remove the rows of identifiers that lie below an offset and are not the highest there, of the hashes of a slice. A
-- look-up as of that offset or a later one finds the same as before. The highest stays also where it says that the
-- record does not carry the identifier any more: it stands against an older row that a late repeat may add again.
DELETE FROM casestream.link_keys
WHERE key_hash BETWEEN {first:UInt64} AND {last:UInt64} AND version < {below:UInt64}
    AND (key_hash, record_id, toString(key_kind), key_value, version) IN
    (
        SELECT
            key_hash, record_id, toString(key_kind), key_value,
            arrayJoin(arrayPopBack(arraySort(groupUniqArray(version))))
        FROM casestream.link_keys
        WHERE key_hash BETWEEN {first:UInt64} AND {last:UInt64} AND version < {below:UInt64}
        GROUP BY key_hash, record_id, key_kind, key_value
        HAVING uniqExact(version) > 1
    )
