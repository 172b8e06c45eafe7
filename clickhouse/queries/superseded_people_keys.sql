-- How many rows of blocking keys lie below a version and are not the highest there, of the hashes of a slice.
SELECT sum(versions - 1) AS rows
FROM
(
    SELECT uniqExact(version) AS versions
    FROM casestream.people_keys
    WHERE key_hash BETWEEN {first:UInt64} AND {last:UInt64} AND version < {below:UInt64} AND scoring = {scoring:UInt32}
    GROUP BY key_hash, key_text, role, person_record_id
)
