-- Remove the announcements of projectors below the furthest of the same holder, which is all that is asked for.
DELETE FROM casestream.projector_fences
WHERE (partition, token, owner, end) IN
(
    SELECT partition, token, owner, arrayJoin(arrayPopBack(arraySort(groupUniqArray(end))))
    FROM casestream.projector_fences
    GROUP BY partition, token, owner
    HAVING uniqExact(end) > 1
)
