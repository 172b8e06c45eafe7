-- By agency, thing and field: how many there are, and how many say it. An empty agency or force is any.
SELECT agency, thing, field, sum(things) AS n, sum(complete) AS filled
FROM casestream.v_quality_completeness
WHERE ({agency:String} = '' OR agency = {agency:String}) AND ({force:String} = '' OR force = {force:String})
GROUP BY agency, thing, field
ORDER BY agency, thing, filled / n, field
