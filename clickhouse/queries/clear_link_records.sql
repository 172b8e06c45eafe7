-- Remove the states of records that lie below an offset and are not the highest there, of the record ids of a slice. A
-- look-up as of that offset or a later one finds the same as before.
DELETE FROM casestream.link_records
WHERE record_id >= {first:String} AND record_id < {end:String} AND version < {below:UInt64}
    AND (record_id, version) IN
    (
        SELECT record_id, arrayJoin(arrayPopBack(arraySort(groupUniqArray(version))))
        FROM casestream.link_records
        WHERE record_id >= {first:String} AND record_id < {end:String} AND version < {below:UInt64}
        GROUP BY record_id
        HAVING uniqExact(version) > 1
    )
