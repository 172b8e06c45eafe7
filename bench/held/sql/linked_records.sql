-- What readers see of records and their cases, for copies `first` to `first + number - 1`.
INSERT INTO casestream.linked_records
(
    record_id, case_id, kind, agency, source, subject, part, current, deleted, states, known_at, digest, reason_kind,
    reason_value, reason_record, version
)
WITH
    arraySort(arrayMap(id -> lower(substring(hex(MD5(concat(id, toString(copy)))), 1, 24)), ids)) AS names,
    concat(leftPad(toString(copy), {digits:UInt8}, '0'), '.') AS mark,
    {last_us:Int64} + ({copies:Int64} - 1 - toInt64(copy)) * {step_us:Int64} AS earlier_us
SELECT
    concat('r', names[record]), if(of_case = 0, '', concat('c', names[of_case])), kind, agency, source,
    concat(mark, subject), part, current, deleted, states, known_at - toIntervalMicrosecond(earlier_us), digest,
    reason_kind, if(reason_kind = '', '', concat(mark, reason_value)), if(other = 0, '', concat('r', names[other])),
    version + copy * {messages:UInt64}
FROM casestream.held_records
CROSS JOIN (SELECT {first:UInt64} + number AS copy FROM numbers({number:UInt64})) AS copies
