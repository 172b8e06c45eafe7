-- What was rejected, by rule, in the incarnations of the topics that are given (two arrays of equal length).
SELECT rule, count() AS messages
FROM casestream.rejects FINAL
WHERE has(arrayZip({topics:Array(String)}, {epochs:Array(UInt32)}), (toString(topic), epoch))
GROUP BY rule
ORDER BY messages DESC, rule
