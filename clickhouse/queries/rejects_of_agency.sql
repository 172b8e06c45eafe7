-- An agency's own rejected messages, the newest first: what its sender needs to mend them. `agency` is that of the topic,
-- so that what another agency sent is never among them, whatever it says of itself.
SELECT
    topic, partition, offset, received_at, stage, rule, field, value, reason, type, source, subject, event_id
FROM casestream.rejects FINAL
WHERE topic = concat('feeds.', {agency:String})
ORDER BY received_at DESC, partition, offset DESC
LIMIT {most:UInt64}
