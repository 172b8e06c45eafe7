-- Offenders in cohorts of a quarter (measures H07 and H08): each once a quarter, from the first release from a sentence or
-- sentence without immediate custody in it. `reoffences`: offences committed after that day and within 12 months, and
-- proved by a conviction within 18. `complete`: 18 months have passed by the latest event that the data tell.
-- Begins and proofs are looked up among people together: the look through all persons' records is the dear part.
CREATE OR REPLACE VIEW casestream.v_reoffending AS
SELECT
    person, cohort.1 AS index_on, cohort.3 AS kind, cohort.4 AS force, cohort.5 AS offence_group, cohort.6 AS flags,
    cohort.2 AS case_id,
    length(arrayFilter(
        one -> one.1 > index_on AND one.1 <= addMonths(index_on, 12) AND one.2 <= addMonths(index_on, 18), proved
    )) AS reoffences,
    addMonths(index_on, 18) <= (SELECT toDate32(latest_at, 'Europe/London') FROM casestream.v_data_span) AS complete
FROM
(
    SELECT
        if(known.person_id = '', told.person_key, known.person_id) AS person,
        groupArrayIf((assumeNotNull(told.committed), told.day), told.what = '') AS proved,
        arraySort(groupArrayIf(
            (told.day, told.case_id, told.what, told.force, told.offence_group, told.flags), told.what != ''
        )) AS began
    FROM casestream.v_people_of_records AS known
    RIGHT JOIN
    (
        SELECT
            person_key, toDate32(assumeNotNull(at), 'Europe/London') AS day, 'released from custody' AS what, force,
            offence_group, flags, case_id, NULL AS committed
        FROM casestream.case_custody FINAL
        WHERE movement = 'released' AND at IS NOT NULL AND person_key != ''
            AND custody_type NOT IN ('remand_untried', 'remand_unsentenced')
        UNION ALL
        SELECT
            person_key, assumeNotNull(sentenced_on), 'sentenced without custody', force, offence_group, flags, case_id, NULL
        FROM casestream.case_sentences FINAL
        WHERE principal = 1 AND sentence_type != 'custody' AND sentenced_on IS NOT NULL AND person_key != ''
        UNION ALL
        SELECT
            person_key, assumeNotNull(convicted_on), '', '', '', [], '', toDate32(occurred_from, 'Europe/London')
        FROM casestream.case_offences FINAL
        WHERE person_key != '' AND occurred_from IS NOT NULL AND convicted_on IS NOT NULL
    ) AS told ON known.person_record_id = told.person_key
    GROUP BY person
)
ARRAY JOIN arrayFilter(
    (one, at) -> at = 1 OR toStartOfQuarter(one.1) != toStartOfQuarter(began[at - 1].1), began, arrayEnumerate(began)
) AS cohort;
