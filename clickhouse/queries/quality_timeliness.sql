-- By agency: messages, and how many came late, without a time, or before what they tell.
SELECT
    agency, sum(messages) AS n, sum(without_time) AS timeless, sum(later_than_hour) AS hour, sum(later_than_day) AS day,
    sum(from_the_future) AS early
FROM casestream.v_quality_timeliness
WHERE {agency:String} = '' OR agency = {agency:String}
GROUP BY agency
ORDER BY agency
