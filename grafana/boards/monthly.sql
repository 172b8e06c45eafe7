WITH
    -- whole months of the period, of Europe/London, within what the data tell; a day's grace at either end of them
    assumeNotNull((
        SELECT greatest(
            toStartOfMonth($__fromTime - INTERVAL 1 SECOND, 'Europe/London'),
            toStartOfMonth(ifNull(first_at, now()) - INTERVAL 1 DAY, 'Europe/London')
        ) + INTERVAL 1 MONTH
        FROM casestream.v_data_span
    )) AS first_month,
    greatest(first_month, assumeNotNull((
        SELECT toStartOfMonth(
            least($__toTime + INTERVAL 1 SECOND, now(), ifNull(latest_at, now()) + INTERVAL 1 DAY), 'Europe/London'
        )
        FROM casestream.v_data_span
    ))) AS month_after
SELECT
    assumeNotNull(toStartOfMonth(at, 'Europe/London')) AS month,
    {figures}
FROM
{items}
GROUP BY month
HAVING month >= first_month AND month < month_after
ORDER BY month WITH FILL FROM first_month TO month_after STEP INTERVAL 1 MONTH
LIMIT 240
