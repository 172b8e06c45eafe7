-- title: events that are neither rejected nor known to link
-- settled: yes
-- remedy: an event is in the archive, and link knows none of its records. Publish it again (its body is in events): a
--   repeat changes nothing. Report it with its topic, partition and offset.
SELECT topic, epoch, partition, offset, type, event_id, count() OVER () AS found
FROM casestream.events FINAL
WHERE (topic, epoch, partition, offset) NOT IN
    (
        SELECT topic, epoch, partition, offset
        FROM casestream.rejects FINAL
    )
    AND (topic, epoch, partition, offset) NOT IN
    (
        SELECT topic, epoch, partition, offset
        FROM casestream.events
        ARRAY JOIN record_ids AS record_id
        GROUP BY topic, epoch, partition, offset
        HAVING countIf(record_id NOT IN
        (
            SELECT record_id
            FROM casestream.link_records
        )) = 0
    )
ORDER BY topic, epoch, partition, offset
LIMIT {most:UInt32}
