-- How many states of people linking's memory lie below a version and are not the highest there, of the ids of a slice.
SELECT sum(versions - 1) AS rows
FROM
(
    SELECT uniqExact(version) AS versions
    FROM casestream.people_entries
    WHERE id >= {first:String} AND id < {end:String} AND version < {below:UInt64} AND scoring = {scoring:UInt32}
    GROUP BY id
)
