-- By agency and rule: rejected messages. An empty agency is any.
SELECT agency, stage, rule, field, sum(rejected) AS n
FROM casestream.v_quality_rejects
WHERE {agency:String} = '' OR agency = {agency:String}
GROUP BY agency, stage, rule, field
ORDER BY agency, n DESC, rule, field
