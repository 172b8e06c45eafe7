-- id: FRESH
-- title: Freshness by agency
-- grain: messages of the feeds
-- basis: arrival
-- polarity: lower_is_better
-- unit: seconds
-- label: live proxy
-- definition: How long ago the newest message of each agency arrived, how old what it tells is, and how many came and were rejected.
-- source: casestream
-- value arrived_seconds_ago: dateDiff('second', max(received_at), now())
-- value newest_told: max(time)
-- value messages: count()
SELECT agency, received_at, time, topic, epoch, partition, offset
FROM casestream.feed_messages
