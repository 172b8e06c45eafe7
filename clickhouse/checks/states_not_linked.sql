-- title: states of records that link has not taken
-- settled: yes
-- remedy: a record has more accepted states than link knows. Publish its events again (events, by record id): a repeat
--   changes nothing. Report it with the record id.
SELECT record_id, archived, linked, count() OVER () AS found
FROM
(
    SELECT record_id, uniqExact(digest, sequence, time_us, tie) AS archived
    FROM casestream.record_states
    GROUP BY record_id
) AS state
INNER JOIN
(
    SELECT record_id, toUInt64(states) AS linked
    FROM casestream.records FINAL
) AS record USING (record_id)
WHERE archived > linked
    AND record_id NOT IN
    (
        SELECT arrayJoin(record_ids)
        FROM casestream.events FINAL
        WHERE (topic, epoch, partition, offset) IN
        (
            SELECT topic, epoch, partition, offset
            FROM casestream.rejects FINAL
            WHERE stage = 'link'
        )
    )
ORDER BY record_id
LIMIT {most:UInt32}
