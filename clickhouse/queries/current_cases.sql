-- Every case that there is now.
SELECT DISTINCT case_id
FROM casestream.case_members FINAL
