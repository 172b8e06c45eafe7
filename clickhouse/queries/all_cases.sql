-- Every case that was ever projected, for the filter of what exists.
SELECT DISTINCT case_id FROM casestream.case_projections
