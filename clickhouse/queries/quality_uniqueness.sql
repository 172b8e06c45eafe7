-- By agency: messages with an id, and how many of them repeat one.
SELECT agency, sum(messages) AS n, sum(repeated) AS repeats
FROM casestream.v_quality_uniqueness
WHERE {agency:String} = '' OR agency = {agency:String}
GROUP BY agency
ORDER BY agency
