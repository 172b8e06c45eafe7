-- The cases that could not be projected.
SELECT case_id FROM casestream.case_faults FINAL
