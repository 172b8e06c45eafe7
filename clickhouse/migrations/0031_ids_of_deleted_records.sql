-- A case id that is no case's name any more, the case to which it leads, and why. It leads to where its record is now. A
-- record that is of no case, since its source deleted it or tells it no longer, leads to the case that has most of the
-- other records that were under the id: rows that were withdrawn from a case stay, marked so. Empty where none is left.
-- Former ids are few: every table is asked for theirs alone.
CREATE OR REPLACE VIEW casestream.v_former_case_ids DEFINER = CURRENT_USER SQL SECURITY DEFINER AS
WITH
    former AS
    (
        SELECT case_id, concat('r', substring(case_id, 2)) AS record_id
        FROM casestream.cases
        GROUP BY case_id
        HAVING argMax(is_deleted, version) = 1
    ),
    member AS
    (
        SELECT record_id, case_id, concat('r', substring(case_id, 2)) AS name_id
        FROM casestream.case_members FINAL
        WHERE record_id IN (SELECT record_id FROM former)
    ),
    told AS
    (
        SELECT DISTINCT case_id, record_id
        FROM casestream.case_events
        WHERE is_deleted = 1 AND case_id IN (SELECT case_id FROM former)
    )
SELECT
    former.case_id AS former_case_id, if(member.case_id != '', member.case_id, others.case_id) AS case_id,
    record.kind AS kind,
    multiIf(
        member.case_id = '' AND record.deleted = 1, 'its record was deleted at its source',
        member.case_id = '', 'its record is told no longer',
        name.kind = record.kind, 'joined a case with a record of the same kind and a lesser id',
        concat('joined a case that a record of a higher rank names: ', name.kind)
    ) AS reason
FROM former
INNER JOIN
(
    SELECT record_id, kind, deleted
    FROM casestream.records FINAL
    WHERE record_id IN (SELECT record_id FROM former)
) AS record ON record.record_id = former.record_id
LEFT JOIN member ON member.record_id = former.record_id
LEFT JOIN
(
    SELECT record_id, kind
    FROM casestream.records FINAL
    WHERE record_id IN (SELECT name_id FROM member)
) AS name ON name.record_id = member.name_id
LEFT JOIN
(
    SELECT former_id, argMax(case_id, (records, case_id)) AS case_id
    FROM
    (
        SELECT told.case_id AS former_id, now.case_id AS case_id, count() AS records
        FROM told
        INNER JOIN
        (
            SELECT record_id, case_id
            FROM casestream.case_members FINAL
            WHERE record_id IN (SELECT record_id FROM told)
        ) AS now ON now.record_id = told.record_id
        GROUP BY former_id, case_id
    )
    GROUP BY former_id
) AS others ON others.former_id = former.case_id;
