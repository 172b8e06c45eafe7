-- A set of flag rules.
SELECT rules
FROM casestream.flag_rule_sets
WHERE number = {number:UInt32} AND digest = {digest:String}
LIMIT 1
