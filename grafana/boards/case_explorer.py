"""The case explorer: what happened in one case, who told it, and how it was linked."""

from importlib.resources import files

from grafana.boards.common import CASE_LINK, PERSON_LINK
from grafana.case_ids import case_of
from grafana.model import WHEN, Board, Column, Panel, Variable

_CASE = case_of("${case_id:singlequote}")

_HEADER = f"""
SELECT case_id, areas.name AS area, offence_group, stage, holder, arrayStringConcat(agencies, ', ') AS known_to,
    records, crimes, victims, suspects, court_cases, defendants, hearings
FROM casestream.cases FINAL
LEFT JOIN casestream.forces AS areas USING force
WHERE case_id IN {_CASE}
LIMIT 1
""".strip()

_TIMELINE = f"""
SELECT at, at_precision, agency, kind, what, detail, known_at, if(current = 1, 'now', 'earlier') AS state, record_id
FROM casestream.case_events FINAL
WHERE case_id IN {_CASE}
ORDER BY at IS NULL, at, known_at, record_id, state, n
LIMIT 1000
""".strip()

_LEFT_OUT = f"""
SELECT key_kind AS identifier, pseudonym, record_id, why
FROM
(
    SELECT key_kind, pseudonym, record_id, concat('on ', toString(records), ' records, too many to link') AS why
    FROM casestream.v_record_keys
    INNER JOIN casestream.v_held_out_keys USING (key_kind, pseudonym)
    UNION ALL
    SELECT key_kind, pseudonym, record_id, concat('kept apart by the decision ', decision_id) AS why
    FROM casestream.v_held_out_links
)
WHERE record_id IN (SELECT record_id FROM casestream.v_case_members WHERE case_id IN {_CASE})
ORDER BY identifier, pseudonym, record_id
LIMIT 200
""".strip()

_DECISIONS = f"""
SELECT verdict, first_record, second_record, decided_at, decision_id
FROM casestream.v_link_decisions
WHERE first_record IN (SELECT record_id FROM casestream.v_case_members WHERE case_id IN {_CASE})
    OR second_record IN (SELECT record_id FROM casestream.v_case_members WHERE case_id IN {_CASE})
ORDER BY decided_at, decision_id
LIMIT 200
""".strip()

_FORMER = f"""
SELECT former_case_id, kind, reason
FROM casestream.v_former_case_ids
WHERE case_id IN {_CASE} OR former_case_id = ${{case_id:singlequote}}
ORDER BY former_case_id
LIMIT 200
""".strip()

_IDENTIFIERS = f"""
SELECT key_kind AS identifier, pseudonym, count() AS records
FROM casestream.v_record_keys
WHERE record_id IN (SELECT record_id FROM casestream.v_case_members WHERE case_id IN {_CASE})
GROUP BY identifier, pseudonym
ORDER BY records DESC, identifier, pseudonym
LIMIT 200
""".strip()

_DEFENDANTS = f"""
SELECT court_case_id, defendant_id, jurisdiction, plea_result, result, sentence_type, sentence_days,
    arrayStringConcat(sources, ', ') AS told_by
FROM casestream.case_defendants FINAL
WHERE case_id IN {_CASE}
ORDER BY court_case_id, defendant_id
LIMIT 200
""".strip()

_SERVED = f"""
SELECT began_at, served, what, place, sentence_type, sentenced_on, found_by, court_case_id, defendant_id, served_id
FROM casestream.v_sentences_served
WHERE case_id IN {_CASE}
ORDER BY began_at, served, served_id
LIMIT 200
""".strip()


def _read(name: str) -> str:
    return (files(__package__) / f"{name}.sql").read_text(encoding="utf-8").strip().format(case=_CASE)


_PEOPLE = _read("case_people")
_LINKS = _read("case_links")
"""`v_case_links` for one case: it asks for the records of that case alone."""

CASE_EXPLORER = Board(
    uid="case-explorer",
    title="Case explorer",
    question="What happened in this case, who told it, and how was it linked? For those entitled to case data.",
    variables=(Variable("case_id", "Case"),),
    tags=("casestream", "explorer"),
    panels=(
        Panel(
            1, "table", "The case", "The linked case as it is now. A case id that the case had before leads here too.",
            x=0, y=0, w=24, h=4, sql=_HEADER, no_value="No case of this id: open one from the System overview",
            columns=(
                Column("case_id", "Case", link=CASE_LINK), Column("area", "Area"),
                Column("offence_group", "Offence group"),
                Column("stage", "Stage"), Column("holder", "Held by"), Column("known_to", "Known to"),
                Column("records", "Records", "locale"), Column("crimes", "Crimes", "locale"),
                Column("victims", "Victims", "locale"), Column("suspects", "Suspects", "locale"),
                Column("court_cases", "Court cases", "locale"), Column("defendants", "Defendants", "locale"),
                Column("hearings", "Hearings", "locale"),
            ),
        ),
        Panel(
            2, "table", "Timeline", "Every event of the case as the agencies told it, in the order in which it"
            " happened. What was told and later replaced is marked as earlier.",
            x=0, y=4, w=24, h=14, sql=_TIMELINE, columns=(
                Column("at", "When", WHEN), Column("at_precision", "Known to the"),
                Column("agency", "Agency"),
                Column("kind", "Record"), Column("what", "What"), Column("detail", "Detail"),
                Column("known_at", "Told", WHEN), Column("state", "State"), Column("record_id", "Record id"),
            ),
        ),
        Panel(
            3, "table", "How it was linked", "Why each record belongs to the case: the kind of identifier that it"
            " shares, with which record, and since when both are as they are, by their sources. The record without a"
            " reason names the case. Identifiers are not shown: a pseudonym stands for each, the same for the same"
            " identifier.",
            x=0, y=18, w=24, h=12, sql=_LINKS, columns=(
                Column("agency", "Agency"), Column("kind", "Record"), Column("source", "System"),
                Column("shares", "Shares"), Column("pseudonym", "Pseudonym"), Column("with_record", "With record"),
                Column("linked_at", "Since", WHEN), Column("record_id", "Record id"),
            ),
        ),
        Panel(
            4, "table", "Identifiers", "The identifiers on the records of the case, by kind and pseudonym, and on how"
            " many of its records each is.",
            x=0, y=30, w=8, h=8, sql=_IDENTIFIERS, columns=(
                Column("identifier", "Identifier"), Column("pseudonym", "Pseudonym"),
                Column("records", "Records", "locale"),
            ),
        ),
        Panel(
            5, "table", "Defendants", "One row a defendant and court case, whichever agencies told it.",
            x=8, y=30, w=16, h=8, sql=_DEFENDANTS, columns=(
                Column("court_case_id", "Court case"), Column("defendant_id", "Defendant"),
                Column("jurisdiction", "Court"), Column("plea_result", "Plea"), Column("result", "Result"),
                Column("sentence_type", "Sentence"), Column("sentence_days", "Length, days", "locale"),
                Column("told_by", "Told by"),
            ),
        ),
        Panel(
            9, "table", "People", "The defendants, suspects and victims of the case whose records are linked, each by"
            " the id that an agency has of them, with the person that the record is of: how many person records, and"
            " whether somebody should look at them. Victims are linked apart from suspects and defendants.",
            x=0, y=38, w=24, h=8, sql=_PEOPLE, no_value="Nobody in this case is linked", columns=(
                Column("role", "Role"), Column("agency_id", "Agency's id"),
                Column("person_id", "Person", link=PERSON_LINK), Column("records", "Person records", "locale"),
                Column("status", "Status"),
            ),
        ),
        Panel(
            6, "table", "Left out of linking", "Identifiers of the case's records that link nothing: those on too many"
            " records, and those that would bring together what somebody decided to keep apart.",
            x=0, y=46, w=12, h=8, sql=_LEFT_OUT, no_value="Every identifier of this case links", columns=(
                Column("identifier", "Identifier"), Column("pseudonym", "Pseudonym"),
                Column("record_id", "Record id"), Column("why", "Why"),
            ),
        ),
        Panel(
            7, "table", "What people decided", "Decisions in force about records of the case: include puts two records"
            " together, exclude keeps them apart, whatever identifiers say.",
            x=12, y=46, w=12, h=8, sql=_DECISIONS, no_value="Nobody decided about records of this case", columns=(
                Column("verdict", "Verdict"), Column("first_record", "Record"), Column("second_record", "Record"),
                Column("decided_at", "Decided", WHEN), Column("decision_id", "Decision"),
            ),
        ),
        Panel(
            8, "table", "Ids that the case had before", "Case ids that lead here, and why each is the case's name no"
            " longer. An id names a record; the case is called after the record of the highest rank.",
            x=0, y=54, w=24, h=6, sql=_FORMER, no_value="The case had no other id", columns=(
                Column("former_case_id", "Former id"), Column("kind", "Called after a"), Column("reason", "Why"),
            ),
        ),
        Panel(
            10, "table", "Sentences served", "Custody, recalls and supervision under a sentence of this case: by the"
            " warrant that prisons or probation name, or else by the person, whose latest fitting sentence it is.",
            x=0, y=60, w=24, h=8, sql=_SERVED, no_value="Prisons and probation tell nothing of this case", columns=(
                Column("began_at", "When", WHEN), Column("served", "Served as"), Column("what", "What"),
                Column("place", "Prison or region"), Column("sentence_type", "Sentence"),
                Column("sentenced_on", "Sentenced"), Column("found_by", "Found by"),
                Column("court_case_id", "Court case"), Column("defendant_id", "Defendant"),
                Column("served_id", "Record"),
            ),
        ),
    ),
)  # fmt: skip
