-- The latest token of each partition, who holds it, and how far all holders before a token have begun to write.
SELECT partition, token, owner, max(end) AS end
FROM casestream.projector_fences
WHERE partition IN {partitions:Array(UInt16)}
GROUP BY partition, token, owner
