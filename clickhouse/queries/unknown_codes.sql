-- By list: codes in use that it does not know, and how often they are used.
SELECT list, count() AS codes, sum(uses) AS used
FROM casestream.v_unknown_codes
GROUP BY list
ORDER BY list
