-- Every id of what people linking remembers, for the filter of what exists.
SELECT DISTINCT id FROM casestream.people_told
UNION DISTINCT
SELECT DISTINCT id FROM casestream.people_entries
