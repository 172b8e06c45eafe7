-- Since when a link holds, and the ids that cases had before.

-- `linked_at`: the later of the source times of the two records as they are now; null where a source tells none.
CREATE OR REPLACE VIEW casestream.v_case_links DEFINER = CURRENT_USER SQL SECURITY DEFINER AS
SELECT
    member.case_id AS case_id, member.record_id AS record_id, member.agency AS agency, member.kind AS kind,
    member.source AS source, member.reason_kind AS reason_kind,
    if(member.reason_kind = '', '', lower(hex(sipHash64(member.reason_kind, member.reason_value)))) AS reason_pseudonym,
    member.reason_record AS reason_record,
    if(member.reason_kind = '', NULL, greatest(mine.known_at, other.known_at)) AS linked_at
FROM casestream.case_members AS member FINAL
LEFT JOIN
(
    SELECT record_id, known_at
    FROM casestream.records FINAL
) AS mine ON mine.record_id = member.record_id
LEFT JOIN
(
    SELECT record_id, known_at
    FROM casestream.records FINAL
) AS other ON other.record_id = member.reason_record;

-- A case id that is no case's name any more, the case where its record is now, and why. `case_id` is empty where the
-- record is of no case: it was deleted at its source.
CREATE OR REPLACE VIEW casestream.v_former_case_ids DEFINER = CURRENT_USER SQL SECURITY DEFINER AS
SELECT
    former.case_id AS former_case_id, member.case_id AS case_id, record.kind AS kind,
    multiIf(
        member.case_id = '' AND record.deleted = 1, 'its record was deleted at its source',
        member.case_id = '', 'its record is told no longer',
        name.kind = record.kind, 'joined a case with a record of the same kind and a lesser id',
        concat('joined a case that a record of a higher rank names: ', name.kind)
    ) AS reason
FROM
(
    SELECT case_id
    FROM casestream.cases
    GROUP BY case_id
    HAVING argMax(is_deleted, version) = 1
) AS former
INNER JOIN
(
    SELECT record_id, kind, deleted
    FROM casestream.records FINAL
) AS record ON record.record_id = concat('r', substring(former.case_id, 2))
LEFT JOIN
(
    SELECT record_id, case_id
    FROM casestream.case_members FINAL
) AS member ON member.record_id = record.record_id
LEFT JOIN
(
    SELECT record_id, kind
    FROM casestream.records FINAL
) AS name ON name.record_id = concat('r', substring(member.case_id, 2));
