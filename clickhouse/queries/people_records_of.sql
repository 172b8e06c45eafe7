-- Person records as they are now, with the person that each is of (empty for none), of the ids of a slice.
SELECT
    r.person_record_id AS person_record_id, m.person_id AS person_id, r.role AS role, first_name, middle_name,
    last_name, alias_first_names,
    alias_last_names, births, postcodes, pnc, cro, master_defendant_id, prison_number, crn, sentence_dates, youth
FROM
(
    SELECT *
    FROM casestream.people_records FINAL
    WHERE person_record_id >= {first:String} AND person_record_id < {end:String}
) AS r
LEFT JOIN
(
    SELECT person_record_id, person_id
    FROM casestream.v_people_of_records
    WHERE person_record_id >= {first:String} AND person_record_id < {end:String}
) AS m USING (person_record_id)
ORDER BY person_record_id
