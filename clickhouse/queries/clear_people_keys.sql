-- Remove the rows of blocking keys that lie below a version and are not the highest there, of the hashes of a slice. The
-- highest stays also where it says that the record is not under the key any more: it stands against an older row that a
-- late repeat may add again.
DELETE FROM casestream.people_keys
WHERE key_hash BETWEEN {first:UInt64} AND {last:UInt64} AND version < {below:UInt64} AND scoring = {scoring:UInt32}
    AND (key_hash, key_text, toString(role), person_record_id, version) IN
    (
        SELECT
            key_hash, key_text, toString(role), person_record_id,
            arrayJoin(arrayPopBack(arraySort(groupUniqArray(version))))
        FROM casestream.people_keys
        WHERE key_hash BETWEEN {first:UInt64} AND {last:UInt64} AND version < {below:UInt64} AND scoring = {scoring:UInt32}
        GROUP BY key_hash, key_text, role, person_record_id
        HAVING uniqExact(version) > 1
    )
