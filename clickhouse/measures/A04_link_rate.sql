-- id: A04
-- title: Link rate by agency
-- grain: records that tell of a case
-- period: snapshot
-- basis: the records as they are now
-- polarity: higher_is_better
-- unit: per cent
-- label: linked cohort
-- agencies: police, cps, hmcts, hmpps
-- by: force, offence_group, flag
-- each: agency
-- words: link rate, linkage, linked records
-- definition: Of an agency's current records that can belong to a case, the share whose case holds a record of another agency. Most crimes never leave the police, so the police's share is low by nature; that of the courts and of prisons and probation should be near 100. Records that open no case and join none (an outcome without its crime) have no area or offence, so they count for all areas only.
-- source: casestream
-- value rate: 100 * sumIf(held, length(agencies) > 1) / nullIf(sum(held), 0)
-- value n (records): sum(held)
SELECT agency, records AS held, agencies, force, offence_group, flags, case_id
FROM casestream.case_agencies FINAL
