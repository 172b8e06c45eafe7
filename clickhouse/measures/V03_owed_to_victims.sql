-- id: V03
-- title: What is owed to victims, done in time
-- grain: services owed to a victim
-- period: event
-- basis: the day on which it was due
-- polarity: higher_is_better
-- unit: per cent
-- label: live proxy
-- agencies: police
-- by: force, offence_group, flag
-- each: service
-- words: victims code, owed to victims, needs assessment, victim updates, personal statement
-- definition: Of what was due to victims in the period, by kind, the share that was done by then; done late and not done beside it.
-- exclusions: services without a day on which they are due.
-- source: casestream; the duties are those of the Victims' Code, the days those that the agencies tell
-- value in_time: 100 * countIf(done_at <= due_at) / nullIf(count(), 0)
-- value n (services): count()
-- value late (per cent): 100 * countIf(done_at > due_at) / nullIf(count(), 0)
-- value not_done (per cent): 100 * countIf(done_at IS NULL) / nullIf(count(), 0)
SELECT due_at AS at, force, offence_group, flags, case_id, kind AS service, due_at, done_at
FROM casestream.case_victim_services FINAL
WHERE due_at IS NOT NULL
