-- Remove the states of people linking's memory that lie below a version and are not the highest there, of the ids of a
-- slice. A look-up as of that version or a later one finds the same as before.
DELETE FROM casestream.people_entries
WHERE id >= {first:String} AND id < {end:String} AND version < {below:UInt64} AND scoring = {scoring:UInt32}
    AND (id, version) IN
    (
        SELECT id, arrayJoin(arrayPopBack(arraySort(groupUniqArray(version))))
        FROM casestream.people_entries
        WHERE id >= {first:String} AND id < {end:String} AND version < {below:UInt64} AND scoring = {scoring:UInt32}
        GROUP BY id
        HAVING uniqExact(version) > 1
    )
