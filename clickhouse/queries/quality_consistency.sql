-- By agency and rule: how many things the rule is about, and how many contradict it. An empty agency or force is any.
SELECT agency, rule, sum(things) AS n, sum(inconsistent) AS wrong
FROM casestream.v_quality_consistency
WHERE ({agency:String} = '' OR agency = {agency:String}) AND ({force:String} = '' OR force = {force:String})
GROUP BY agency, rule
HAVING n > 0
ORDER BY agency, wrong / n DESC, rule
