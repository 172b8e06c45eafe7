-- id: T18
-- title: Court sittings
-- grain: sitting days of a court room
-- period: event
-- basis: the sitting day
-- polarity: neutral
-- unit: sittings
-- label: live proxy
-- agencies: hmcts
-- by: court
-- words: sitting days, court sittings, court rooms in use
-- definition: Sitting days of court rooms, the hours sat, and the hours sat as a share of those planned.
-- source: casestream, from the courts' records of sessions
-- value sittings: count()
-- value hours_sat (hours): sum(minutes_sat) / 60
-- value sat_of_planned (per cent): 100 * sumIf(minutes_sat, minutes_planned > 0) / nullIf(sumIf(minutes_planned, minutes_sat IS NOT NULL), 0)
SELECT $from_day(session_on) AS at, court_ou, court_room, minutes_planned, minutes_sat
FROM casestream.court_sessions FINAL
