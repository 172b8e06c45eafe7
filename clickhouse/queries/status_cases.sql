-- How many cases there are.
SELECT count() AS cases
FROM casestream.cases FINAL
