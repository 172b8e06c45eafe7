-- id: H01
-- title: Prison population
-- grain: people in prison
-- period: snapshot
-- basis: the end of the period
-- polarity: neutral
-- unit: people
-- label: published definition
-- agencies: hmpps
-- by: prison_region, home
-- each: custody_type
-- words: prison population, prisoners, in prison
-- definition: People whose last movement by the end of the period left them in a prison's charge, each once, by the type of custody and the prison told last. Those at court or out for a short time are counted.
-- source: HMPPS, Offender management statistics quarterly
-- value people: count()
SELECT
    max(at) AS moved_at, prisoner_key,
    if(
        argMaxIf(custody_type, (at, movement_id), custody_type != '') = '', 'Not recorded',
        argMaxIf(custody_type, (at, movement_id), custody_type != '')
    ) AS custody_type,
    argMaxIf(of_prison, (at, movement_id), of_prison != '') AS prison_id,
    max(of_person) AS person_key
FROM
(
    SELECT movement_id, prisoner_key, movement, assumeNotNull(at) AS at, custody_type, prison_id AS of_prison,
        person_key AS of_person
    FROM casestream.case_custody FINAL
    WHERE at <= $__toTime
)
GROUP BY prisoner_key
HAVING argMax(movement, (at, movement_id)) != 'released'
