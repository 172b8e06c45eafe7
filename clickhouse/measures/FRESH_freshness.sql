-- id: FRESH
-- title: Freshness by agency
-- grain: messages of the feeds
-- period: snapshot
-- basis: arrival
-- polarity: lower_is_better
-- unit: seconds
-- label: live proxy
-- agencies: police, cps, hmcts, hmpps
-- each: agency
-- words: freshness, newest message, how fresh, up to date
-- definition: How long ago the newest message of each agency arrived, how old what it tells is, and how many came and were rejected.
-- source: casestream
-- value arrived_seconds_ago: dateDiff('second', max(received_at), now())
-- value newest_told (moment): max(time)
-- value messages (messages): count()
SELECT agency, received_at, time, topic, epoch, partition, offset
FROM casestream.feed_messages
