-- What link remembers of records and subjects, for copies `first` to `first + number - 1`.
INSERT INTO casestream.link_records (record_id, version, state)
WITH
    arraySort(arrayMap(id -> lower(substring(hex(MD5(concat(id, toString(copy)))), 1, 24)), ids)) AS names,
    concat(leftPad(toString(copy), {digits:UInt8}, '0'), '.') AS mark,
    {last_us:Int64} + ({copies:Int64} - 1 - toInt64(copy)) * {step_us:Int64} AS earlier_us
SELECT
    concat('r', names[record]),
    version + copy * {messages:UInt64},
    arrayStringConcat(arrayMap(
        (text, put, time) -> concat(
            text,
            multiIf(
                put > 0, names[put],
                put = -1, mark,
                put = -2, unhex(leftPad(hex(toUInt64(time - earlier_us)), 16, '0')),
                ''
            )
        ),
        texts, puts, times
    ))
FROM casestream.held_states
CROSS JOIN (SELECT {first:UInt64} + number AS copy FROM numbers({number:UInt64})) AS copies
