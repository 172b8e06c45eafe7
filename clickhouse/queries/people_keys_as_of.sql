-- Which person records were under which blocking keys below a version, under a scoring. The key is kept beside its hash.
SELECT key_text, role, person_record_id
FROM
(
    SELECT key_text, role, person_record_id, argMax(present, version) AS carried
    FROM casestream.people_keys
    WHERE key_hash IN {keys:Array(UInt64)} AND version < {below:UInt64} AND scoring = {scoring:UInt32}
    GROUP BY key_text, role, person_record_id
)
WHERE carried = 1
