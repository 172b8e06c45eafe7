-- Which person a person record is of: `person_key` of the case tables -> person. No details of people.
CREATE OR REPLACE VIEW casestream.v_people_of_records DEFINER = CURRENT_USER SQL SECURITY DEFINER AS
SELECT person_record_id, person_id
FROM casestream.people_members FINAL;

-- Offenders in cohorts of a quarter (measures H07 and H08): each once a quarter, from the first release from a sentence or
-- sentence without immediate custody in it. `reoffences`: offences committed after that day and within 12 months, and
-- proved by a conviction within 18. `complete`: 18 months have passed by the latest event that the data tell.
CREATE OR REPLACE VIEW casestream.v_reoffending AS
SELECT
    cohort.person AS person, cohort.index_on AS index_on, cohort.kind AS kind, cohort.force AS force,
    cohort.offence_group AS offence_group, cohort.flags AS flags, cohort.case_id AS case_id,
    length(arrayFilter(
        one -> one.1 > cohort.index_on AND one.1 <= addMonths(cohort.index_on, 12)
            AND one.2 <= addMonths(cohort.index_on, 18),
        proved.offences
    )) AS reoffences,
    addMonths(cohort.index_on, 18) <= (SELECT toDate32(latest_at, 'Europe/London') FROM casestream.v_data_span)
        AS complete
FROM
(
    SELECT
        person, min(began) AS index_on, argMin(what, (began, of_case)) AS kind, argMin(of_force, (began, of_case)) AS force,
        argMin(of_group, (began, of_case)) AS offence_group, argMin(of_flags, (began, of_case)) AS flags,
        argMin(of_case, (began, of_case)) AS case_id
    FROM
    (
        SELECT
            if(known.person_id = '', told.person_key, known.person_id) AS person, began, what, of_force, of_group,
            of_flags, of_case
        FROM
        (
            SELECT
                person_key, toDate32(at, 'Europe/London') AS began, 'released from custody' AS what, force AS of_force,
                offence_group AS of_group, flags AS of_flags, case_id AS of_case
            FROM casestream.case_custody FINAL
            WHERE movement = 'released' AND at IS NOT NULL AND person_key != ''
                AND custody_type NOT IN ('remand_untried', 'remand_unsentenced')
            UNION ALL
            SELECT
                person_key, assumeNotNull(sentenced_on), 'sentenced without custody', force, offence_group, flags, case_id
            FROM casestream.case_sentences FINAL
            WHERE principal = 1 AND sentence_type != 'custody' AND sentenced_on IS NOT NULL AND person_key != ''
        ) AS told
        LEFT JOIN casestream.v_people_of_records AS known ON known.person_record_id = told.person_key
    )
    GROUP BY person, toStartOfQuarter(began)
) AS cohort
LEFT JOIN
(
    SELECT person, groupArray((committed, convicted)) AS offences
    FROM
    (
        SELECT
            if(known.person_id = '', told.person_key, known.person_id) AS person,
            toDate32(assumeNotNull(told.occurred_from), 'Europe/London') AS committed,
            assumeNotNull(told.convicted_on) AS convicted
        FROM casestream.case_offences AS told FINAL
        LEFT JOIN casestream.v_people_of_records AS known ON known.person_record_id = told.person_key
        WHERE told.person_key != '' AND told.occurred_from IS NOT NULL AND told.convicted_on IS NOT NULL
    )
    GROUP BY person
) AS proved ON proved.person = cohort.person;
