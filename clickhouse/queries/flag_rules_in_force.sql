-- Which flag rules are in force; no row before the first worker.
SELECT number, digest
FROM casestream.flag_rule_sets
ORDER BY number DESC, digest
LIMIT 1
