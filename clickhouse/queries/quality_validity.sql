-- By agency, thing and rule of quality: how many break it. An empty agency is any.
SELECT agency, thing, rule, sum(found) AS broken
FROM casestream.v_quality_validity
WHERE {agency:String} = '' OR agency = {agency:String}
GROUP BY agency, thing, rule
HAVING broken > 0
ORDER BY agency, broken DESC, thing, rule
