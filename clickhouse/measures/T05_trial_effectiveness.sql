-- id: T05
-- title: Trial effectiveness
-- grain: trial listings
-- basis: the first sitting day of the listing
-- polarity: higher_is_better
-- unit: per cent
-- label: published definition
-- definition: Of the trials in the list on their day: effective (it went ahead), cracked (it did not and needs no new date), ineffective (it did not and needs one). One listing is one hearing and first sitting day, whatever its cases, defendants and days.
-- exclusions: vacated trials; listings for which nothing is recorded, counted apart.
-- source: MoJ, CJS Delivery Data Dashboard data quality note, November 2022, pages 27 and 28
-- value effective: round(100 * countIf(status = 'effective') / nullIf(countIf(status IN ('effective', 'cracked', 'ineffective')), 0), 1)
-- value cracked: round(100 * countIf(status = 'cracked') / nullIf(countIf(status IN ('effective', 'cracked', 'ineffective')), 0), 1)
-- value ineffective: round(100 * countIf(status = 'ineffective') / nullIf(countIf(status IN ('effective', 'cracked', 'ineffective')), 0), 1)
-- value n: countIf(status IN ('effective', 'cracked', 'ineffective'))
-- value not_recorded: countIf(status = 'listed')
SELECT
    toDateTime(min(listed_day), 'Europe/London') AS at,
    argMin(of_force, of_case) AS force,
    argMin(of_group, of_case) AS offence_group,
    argMin(of_court, of_case) AS jurisdiction,
    -- a listing that several cases share has one status: what one of them knows beats what another does not
    argMax(told, (indexOf(['listed', 'effective', 'ineffective', 'cracked', 'vacated'], told), of_case)) AS status,
    min(of_case) AS case_id
FROM
(
    SELECT
        listing_id, assumeNotNull(listed_on) AS listed_day, force AS of_force, offence_group AS of_group,
        jurisdiction AS of_court, status AS told, case_id AS of_case
    FROM casestream.case_trial_listings FINAL
    WHERE $__dateFilter(listed_on)
        AND listed_on <= today()
        AND $__conditionalAll(force IN (${force:singlequote}), $force)
        AND $__conditionalAll(offence_group IN (${offence_group:singlequote}), $offence_group)
)
GROUP BY listing_id
