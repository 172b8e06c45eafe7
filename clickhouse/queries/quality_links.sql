-- By agency and other agency: records in cases, and those whose case holds a record of the other.
SELECT agency, other, sum(records) AS n, sum(linked) AS with_other
FROM casestream.v_quality_links
WHERE ({agency:String} = '' OR agency = {agency:String}) AND ({force:String} = '' OR force = {force:String})
GROUP BY agency, other
ORDER BY agency, other
