-- Every blocking key that a person record ever had, for the filter of what exists.
SELECT DISTINCT key_hash FROM casestream.people_keys
