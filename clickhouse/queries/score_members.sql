-- Each current record and its case, to compare with the truth of a simulated history.
SELECT record_id, case_id
FROM casestream.case_members FINAL
