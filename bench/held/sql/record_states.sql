-- The bodies, as they are in the history: link does not read them. For copies `first` to `first + number - 1`.
INSERT INTO casestream.record_states (record_id, digest, sequence, time_us, tie, kind, body)
WITH
    arraySort(arrayMap(id -> lower(substring(hex(MD5(concat(id, toString(copy)))), 1, 24)), ids)) AS names,
    {last_us:Int64} + ({copies:Int64} - 1 - toInt64(copy)) * {step_us:Int64} AS earlier_us
SELECT
    concat('r', names[record]), digest, sequence, if(time_us < 0, time_us, time_us - earlier_us), tie, kind, body
FROM casestream.held_bodies
CROSS JOIN (SELECT {first:UInt64} + number AS copy FROM numbers({number:UInt64})) AS copies
