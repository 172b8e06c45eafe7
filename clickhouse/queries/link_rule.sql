-- The value of a rule of link. Where two workers began at once with different values the least holds for both.
SELECT min(value) FROM casestream.link_rules WHERE name = {name:String} HAVING count() > 0
