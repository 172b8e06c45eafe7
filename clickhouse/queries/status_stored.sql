-- How many messages of the feed topics are in the archive, and how many of them were rejected, in the incarnations of
-- the topics that are given (two arrays of equal length).
SELECT
    (
        SELECT count()
        FROM casestream.events FINAL
        WHERE has(arrayZip({topics:Array(String)}, {epochs:Array(UInt32)}), (toString(topic), epoch))
    ) AS archived,
    (
        SELECT count()
        FROM casestream.rejects FINAL
        WHERE has(arrayZip({topics:Array(String)}, {epochs:Array(UInt32)}), (toString(topic), epoch))
    ) AS rejected,
    (
        SELECT count()
        FROM casestream.events FINAL
        WHERE has(arrayZip({topics:Array(String)}, {epochs:Array(UInt32)}), (toString(topic), epoch))
            AND (topic, epoch, partition, offset) NOT IN
            (
                SELECT topic, epoch, partition, offset
                FROM casestream.rejects FINAL
            )
    ) AS stored
