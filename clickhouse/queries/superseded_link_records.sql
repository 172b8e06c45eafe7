-- How many states of records lie below an offset and are not the highest there, of the record ids of a slice.
SELECT sum(versions - 1) AS rows
FROM
(
    SELECT uniqExact(version) AS versions
    FROM casestream.link_records
    WHERE record_id >= {first:String} AND record_id < {end:String} AND version < {below:UInt64}
    GROUP BY record_id
)
