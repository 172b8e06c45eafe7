"""The person explorer: which person records are of one person, by which joins, and in which cases. No names, no dates
of birth, no identifiers."""

from importlib.resources import files

from grafana.boards.common import CASE_LINK, PERSON_LINK
from grafana.model import Board, Column, Panel, Variable

_PERSON = (
    "(SELECT person_id FROM casestream.v_people_of_records"
    " WHERE person_record_id = concat('i', substring(${person_id:singlequote}, 2)))"
)
"""An old person id names a person record: it leads to the person that the record is of now."""

_JOIN_LINK = (
    PERSON_LINK + "&var-record_id=${__data.fields.person_record_id}&var-with_record=${__data.fields.with_record}"
)
"""Where a join leads: to the same person, with the join looked at."""


def _sql(name: str) -> str:
    return (files(__package__) / f"{name}.sql").read_text(encoding="utf-8").strip().format(person=_PERSON)


_JOIN = (
    Column("person_id", hidden=True), Column("person_record_id", "Person record", link=_JOIN_LINK),
    Column("ground", "Joined by"), Column("match_weight", "Match weight, bits", decimals=1),
    Column("with_record", "With record"), Column("model", "Model"), Column("snapshot", "Term frequencies"),
)  # fmt: skip

PERSON_EXPLORER = Board(
    uid="person-explorer",
    title="Person explorer",
    question="Which records are of this person, why, and in which cases? For those entitled to case data.",
    variables=(
        Variable("person_id", "Person"), Variable("record_id", "Join of"), Variable("with_record", "with"),
    ),
    tags=("casestream", "explorer"),
    panels=(
        Panel(
            1, "table", "The person", "A person is a set of person records: what one system knows of somebody under"
            " its own id. A person id that it had before leads here too. Somebody should look at it where something"
            " needs attention: a record that could be of two persons, decisions against each other, too many records.",
            x=0, y=0, w=24, h=4, sql=_sql("person"), no_value="No person of this id: open one from a case",
            columns=(
                Column("person_id", "Person"), Column("side", "Side"), Column("status", "Status"),
                Column("attention", "Needs attention for"), Column("records", "Records", "locale"),
                Column("merged", "Given up for others", "locale"), Column("several", "More than one"),
            ),
        ),
        Panel(
            2, "table", "How the records are joined", "By which join each record is of the person, the weakest first:"
            " the model, by a match weight of 20 bits or more; a service's own number; somebody's decision. The record"
            " that names the person has none. The preview draws all joins below, and of the one that is clicked which"
            " keys the two share and what each comparison adds; `casestream explain` does the same.",
            x=0, y=4, w=24, h=8, sql=_sql("person_joins"), no_value="One record by itself", columns=_JOIN,
        ),
        Panel(
            3, "table", "The join that is looked at", "The join that was clicked above.",
            x=0, y=12, w=24, h=3, sql=_sql("person_join"), no_value="Click a person record above", columns=_JOIN,
        ),
        Panel(
            4, "table", "Cases", "The cases in which agencies' records tell of the person, in which roles, and by how"
            " many records.",
            x=0, y=15, w=24, h=6, sql=_sql("person_cases"), no_value="In no case", columns=(
                Column("case_id", "Case", link=CASE_LINK), Column("roles", "Roles"),
                Column("records", "Records", "locale"),
            ),
        ),
    ),
)  # fmt: skip
