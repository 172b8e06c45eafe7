-- title: persons whose person records are others than counted
-- settled: yes
-- remedy: a fault in people linking. Report it with the person id, and both numbers.
SELECT person_id, counted, found_records, count() OVER () AS found
FROM
(
    SELECT person_id, sum(counted) AS counted, sum(found_records) AS found_records
    FROM
    (
        SELECT person_id, toUInt64(records + merged) AS counted, toUInt64(0) AS found_records
        FROM casestream.v_people
        UNION ALL
        SELECT person_id, toUInt64(0) AS counted, count() AS found_records
        FROM casestream.v_people_of_records
        GROUP BY person_id
    )
    GROUP BY person_id
)
WHERE counted != found_records
ORDER BY person_id
LIMIT {most:UInt32}
