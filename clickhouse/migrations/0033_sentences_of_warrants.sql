-- Custody movements, recalls and spells of supervision, each with the sentence that it is served under (0030), also where
-- people linking does not know the person of the warrant.
-- A record that names a warrant is of that case (`linked`), and only that case's sentences are meant: the person's, or the
-- only sentenced one's, where prisons and courts are not known to speak of one person (youths at court never are). Any
-- other is of a person, and every sentence of that person may be meant, in whichever case. It is the latest of those that
-- fit: of the sort that leads to it, passed on the day that prisons tell, or on any day up to its own, and not over by
-- then, which is not asked where the warrant is named. A sentence is over when all that the defendant got that day would
-- be, served one after the other; one of unknown length is not, and supervision may follow a sentence for a year. Remand
-- and civil custody are served under none.
CREATE OR REPLACE VIEW casestream.v_sentences_served AS
SELECT
    person_id, served, served_id, what, began_at, place,
    multiIf(linked = 1, 'warrant', sentence.sort = '', '', 'person') AS found_by,
    if(linked = 1, of_case, sentence.case_id) AS case_id,
    sentence.court_case_id AS court_case_id, sentence.defendant_id AS defendant_id, sentence.sort AS sentence_type,
    if(sentence.sort = '', NULL, sentence.passed_on) AS sentenced_on
FROM
(
    SELECT
        told.person_id AS person_id, told.served AS served, told.served_id AS served_id, any(told.what) AS what,
        any(told.began_at) AS began_at, any(told.place) AS place, any(told.linked) AS linked, told.of_case AS of_case,
        argMaxIf(
            CAST(
                (passed.case_id, passed.court_case_id, passed.defendant_id, passed.sort, assumeNotNull(passed.passed_on)),
                'Tuple(case_id String, court_case_id String, defendant_id String, sort String, passed_on Date32)'
            ),
            (
                passed.person_id = told.person_id, passed.passed_on, passed.principal, passed.case_id,
                passed.court_case_id, passed.defendant_id
            ),
            has(told.sorts, passed.sort)
                AND passed.passed_on <= told.began_on
                AND (isNull(told.passed_on) OR passed.passed_on = told.passed_on)
                AND (
                    told.linked = 1 OR isNull(passed.days)
                    OR told.began_on <= passed.passed_on + passed.days + told.grace
                )
                AND (told.linked = 0 OR passed.person_id = told.person_id OR passed.persons = 1)
        ) AS sentence
    FROM
    (
        SELECT
            if(known.person_id = '', one.person_key, known.person_id) AS person_id, served, served_id, what, began_at,
            toDate32(assumeNotNull(began_at), 'Europe/London') AS began_on, place, linked, of_case,
            if(linked = 1, of_case, person_id) AS meets, sorts, passed_on, grace
        FROM
        (
            SELECT
                person_key, 'custody' AS served, movement_id AS served_id, movement AS what, at AS began_at,
                prison_id AS place, linked, case_id AS of_case,
                if(custody_type IN ('remand_untried', 'remand_unsentenced', 'non_criminal'), [], ['custody']) AS sorts,
                sentenced_on AS passed_on, 0 AS grace
            FROM casestream.case_custody FINAL
            WHERE at IS NOT NULL
            UNION ALL
            SELECT
                person_key, 'recall', recall_id, kind, recalled_at, '', linked, case_id, ['custody'], NULL, 0
            FROM casestream.case_recalls FINAL
            WHERE recalled_at IS NOT NULL
            UNION ALL
            SELECT
                person_key, 'supervision', supervision_id, kind, started_at, region, linked, case_id,
                multiIf(
                    kind IN ('community_order', 'youth_order'), ['community'],
                    kind = 'suspended_sentence_order', ['suspended'],
                    kind IN ('licence', 'post_sentence'), ['custody'],
                    ['custody', 'suspended', 'community']
                ),
                sentenced_on, if(kind = 'post_sentence', 366, 0)
            FROM casestream.case_supervision FINAL
            WHERE started_at IS NOT NULL
        ) AS one
        LEFT JOIN casestream.v_people_of_records AS known ON known.person_record_id = one.person_key
    ) AS told
    LEFT JOIN
    (
        SELECT *, meets, uniqExact(person_id) OVER (PARTITION BY case_id) AS persons
        FROM
        (
            SELECT
                if(known.person_id = '', one.person_key, known.person_id) AS person_id, one.case_id AS case_id,
                one.court_case_id AS court_case_id, one.defendant_id AS defendant_id, one.sentence_type AS sort,
                one.sentenced_on AS passed_on, max(one.principal) AS principal,
                if(
                    countIf(isNull(one.length_days) OR one.indeterminate = 1) > 0, NULL,
                    toInt32(ceil(sum(one.length_days)))
                ) AS days
            FROM casestream.case_sentences AS one FINAL
            LEFT JOIN casestream.v_people_of_records AS known ON known.person_record_id = one.person_key
            WHERE one.person_key != '' AND one.sentenced_on IS NOT NULL
            GROUP BY person_id, case_id, court_case_id, defendant_id, sort, passed_on
        )
        ARRAY JOIN [person_id, case_id] AS meets
    ) AS passed ON passed.meets = told.meets
    GROUP BY person_id, served, served_id, of_case
);
