-- id: H02
-- title: Prison capacity in use
-- grain: prisons whose capacity is known
-- period: snapshot
-- basis: the end of the period
-- polarity: lower_is_better
-- unit: per cent
-- label: published definition
-- agencies: hmpps
-- by: prison_region
-- words: prison capacity, capacity in use, headroom, overcrowding, crowding
-- definition: People in prison (as H01 has it) for each 100 places of useable operational capacity, which is the operational capacity less the operating margin as told last by the end of the period; with the places left, and the people for each 100 places of certified accommodation.
-- exclusions: prisons whose capacity was never told, and the people in them; people whose prison is not told.
-- source: HMPPS, Offender management statistics quarterly; the formula is general usage
-- value in_use: 100 * sum(people) / nullIf(sum(capacity), 0)
-- value people_held (people): sum(people)
-- value places (places): sum(capacity)
-- value places_left (places): sum(capacity) - sum(people)
-- value of_certified (per cent): 100 * sumIf(people, certified > 0) / nullIf(sumIf(certified, certified > 0), 0)
SELECT prison_id, toInt64(capacity) AS capacity, certified, toInt64(ifNull(held.people, 0)) AS people
FROM
(
    SELECT
        prison_id,
        argMax(operational_capacity - ifNull(operating_margin, 0), capacity_on) AS capacity,
        argMax(ifNull(certified_accommodation, 0), capacity_on) AS certified
    FROM casestream.prison_capacity FINAL
    WHERE capacity_on <= toDate32($__toTime, 'Europe/London')
    GROUP BY prison_id
) AS told
LEFT JOIN
(
    SELECT last_prison AS prison_id, count() AS people
    FROM
    (
        SELECT
            argMaxIf(prison_id, (at, movement_id), prison_id != '') AS last_prison,
            argMax(movement, (at, movement_id)) AS last_movement
        FROM
        (
            SELECT DISTINCT movement_id, prisoner_key, movement, assumeNotNull(at) AS at, prison_id
            FROM casestream.case_custody FINAL
            WHERE at <= $__toTime
        )
        GROUP BY prisoner_key
        HAVING last_movement != 'released'
    )
    GROUP BY last_prison
) AS held USING prison_id
