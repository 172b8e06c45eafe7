-- Reject an event that link cannot take: as it is in the archive, so that its sender is told all of it.
INSERT INTO casestream.rejects
    (topic, epoch, partition, offset, received_at, agency, stage, rule, reason, type, source, subject, event_id, body)
SELECT
    topic, epoch, partition, offset, received_at, agency, 'link', 'internal-error', {reason:String}, type, source,
    subject, event_id, body
FROM casestream.events FINAL
WHERE topic = {topic:String} AND epoch = {epoch:UInt32} AND partition = {partition:UInt16} AND offset = {offset:UInt64}
