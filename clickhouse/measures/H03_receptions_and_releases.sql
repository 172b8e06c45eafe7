-- id: H03
-- title: Receptions into and releases from prison
-- grain: first receptions and releases of a custody period
-- period: event
-- basis: the day of the movement
-- polarity: neutral
-- unit: first receptions
-- label: published definition
-- agencies: hmpps
-- by: force, prison_region, home, offence_group, flag
-- words: receptions, releases, prison receptions, released
-- definition: First receptions, the first entry of each custody period (booking), and releases of people who were sentenced.
-- exclusions: later entries of the same period; releases from remand.
-- source: HMPPS, Offender management statistics quarterly; the rule is general usage
-- value receptions: countIf(what = 'reception')
-- value releases (releases): countIf(what = 'release')
SELECT
    'reception' AS what, min(moved_at) AS at, argMin(of_force, moved_at) AS force,
    argMin(of_group, moved_at) AS offence_group, argMin(of_flags, moved_at) AS flags,
    argMin(of_case, moved_at) AS case_id, argMin(of_prison, moved_at) AS prison_id,
    max(of_person) AS person_key
FROM
(
    SELECT
        prisoner_key, booking_key, assumeNotNull(at) AS moved_at, force AS of_force, offence_group AS of_group,
        flags AS of_flags, case_id AS of_case, prison_id AS of_prison, person_key AS of_person
    FROM casestream.case_custody FINAL
    WHERE movement = 'received' AND at IS NOT NULL
)
GROUP BY prisoner_key, booking_key
UNION ALL
SELECT 'release', at, force, offence_group, flags, case_id, prison_id, person_key
FROM casestream.case_custody FINAL
WHERE movement = 'released' AND at IS NOT NULL AND custody_type NOT IN ('remand_untried', 'remand_unsentenced')
