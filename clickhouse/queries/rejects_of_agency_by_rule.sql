-- An agency's own rejected messages, by what is wrong with them.
SELECT stage, rule, field, type, count() AS messages
FROM casestream.rejects FINAL
WHERE topic = concat('feeds.', {agency:String})
GROUP BY stage, rule, field, type
ORDER BY messages DESC, rule, field, type
