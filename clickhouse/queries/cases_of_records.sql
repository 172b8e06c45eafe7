-- The case in which each of some records is now; a record that is deleted or was never seen has none.
SELECT record_id, case_id
FROM casestream.case_members FINAL
WHERE record_id IN {keys:Array(String)}
