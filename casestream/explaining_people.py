"""Why person records are of one person: `casestream explain` for persons."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple

from casestream.comparing_people import Compared, Comparing
from casestream.errors import UserError
from casestream.people_decisions import Decided, DecisionsAtHand
from clickhouse.queries import read
from grafana.drawing import Drawing, below
from grafana.pictures import Edge, Node, links
from streams.look import Look

DRAWN_JOINS: Final = 30
"""Waterfalls below the picture of a person; `casestream explain RECORD RECORD` draws any."""


class Member(NamedTuple):
    """A person record in a person. `weight` in bits, None where a number or a decision joins it; `join` is how it and
    the record that it is joined with compare, None for one that is joined with none."""

    person_record: str
    role: str
    merged: bool
    ground: str
    with_record: str
    weight: float | None
    model: str
    snapshot: str
    records: int
    cases: tuple[str, ...]
    decided: Decided | None
    join: Compared | None

    def why(self) -> str:
        """By what it is in the person."""
        decided = f": {self.decided.line()}" if self.decided is not None else ""
        if self.merged:
            return f"its service gave it up for another{decided}"
        if not self.ground:
            return "names the person"
        by = f"{self.model}, term frequencies {self.snapshot}"
        weight = f": {self.weight:.1f} bits by {by}" if self.weight is not None else ""
        return f"joined with {self.with_record} by {self.ground}{weight}{decided}"

    def figures(self) -> dict[str, object]:
        """For machines."""
        decided = self.decided.figures() if self.decided is not None else None
        join = self.join.figures() if self.join is not None else None
        return {**self._asdict(), "cases": list(self.cases), "decided": decided, "join": join}


@dataclass(frozen=True, slots=True)
class PersonExplained:
    """A person. `asked`: the id that was asked about, which is the person's own or leads to it. `apart`: the decisions
    by which its records are not of one person with others."""

    asked: str
    person_id: str
    side: str
    status: str
    attention: tuple[str, ...]
    members: tuple[Member, ...]
    apart: tuple[Decided, ...]

    def lines(self) -> Iterator[str]:
        """The answer for people; nothing of who they are."""
        if self.asked != self.person_id:
            yield f"{self.asked} is of {self.person_id}"
        attention = f" ({', '.join(self.attention)})" if self.attention else ""
        cases = {case_id for member in self.members for case_id in member.cases}
        yield (
            f"{self.person_id}: {len(self.members)} person records in {len(cases)} cases, {self.side}, "
            f"{self.status}{attention}"
        )
        for member in self.members:
            yield f"  {member.role} {member.person_record}: {member.why()}"
            yield f"    told by {member.records} records, in {', '.join(member.cases) or 'no case'}"
            if member.join is not None:
                yield from (f"      {line}" for line in member.join.lines())
        for one in self.apart:
            yield f"  {one.first} is kept apart from {one.second or 'others of a master defendant'}: {one.line()}"

    def figures(self) -> dict[str, object]:
        """The answer for machines."""
        return {
            "asked": self.asked, "person": self.person_id, "side": self.side, "status": self.status,
            "attention": list(self.attention),
            "members": [one.figures() for one in self.members], "apart": [one.figures() for one in self.apart],
        }  # fmt: skip

    def picture(self) -> str:
        """The answer as SVG: the joins, and below them the waterfall of each."""
        joins = [one.join.drawn() for one in self.members if one.join is not None]
        left = len(joins) - DRAWN_JOINS
        graph = self.graph()
        if left > 0:
            graph = graph._replace(title=f"{graph.title}; {left} of its {len(joins)} waterfalls are left out")
        return below(graph, joins[:DRAWN_JOINS]).svg()

    def graph(self) -> Drawing:
        """The joins that hold the person's records together."""
        nodes = [Node(one.person_record, one.role or "not told", one.person_record) for one in self.members]
        edges = [
            Edge(one.with_record, one.person_record, one.ground if one.weight is None else f"{one.weight:.1f} bits")
            for one in self.members
            if one.with_record
        ]
        return links(nodes, edges, f"How {self.person_id} is linked")


def explain_person(look: Look, ids: Sequence[str]) -> PersonExplained:
    """A person, by its own id, one that it had before, or that of a person record. UserError for an unknown one."""
    (asked,) = ids
    store = look.store
    record = f"i{asked[1:]}"
    found = store.query(read("person_of_record"), {"record": record})
    if not found:
        raise UserError(f"{asked}: people linking knows no such {'person' if asked[0] == 'p' else 'person record'}"
                        ", or it says too little to be linked")  # fmt: skip
    person_id = str(found[0][0])
    rows = store.query(read("members_of_person"), {"person": person_id})
    comparing = Comparing(look)
    at_hand = _at_hand(look, comparing, [str(row[0]) for row in rows])
    joins = comparing.pairs([(str(row[4]), str(row[0])) for row in rows if row[4]])
    members = tuple(
        Member(
            str(row[0]), str(row[1]), bool(row[2]), str(row[3]), str(row[4]),
            None if row[5] is None else float(str(row[5])), str(row[6]), str(row[7]), int(str(row[8])),
            _texts(row[9]),
            at_hand.merge_of(str(row[0])) if row[2] else
            at_hand.told_of(str(row[0]), str(row[4])) if row[3] == "decision" else None,
            joins.get((str(row[4]), str(row[0]))),
        )
        for row in rows
    )  # fmt: skip
    ((side, status, attention, _several),) = store.query(read("person"), {"person": person_id})
    return PersonExplained(
        asked, person_id, str(side), str(status), _texts(attention), members,
        tuple(at_hand.apart(member.person_record for member in members)),
    )  # fmt: skip


def _texts(told: object) -> tuple[str, ...]:
    """An array of ClickHouse."""
    if not isinstance(told, list | tuple):
        raise TypeError(f"{told!r} is no array")
    return tuple(map(str, told))


def _at_hand(look: Look, comparing: Comparing, records: Sequence[str]) -> DecisionsAtHand:
    """What was decided about some person records, with the entries of those that are named beside them."""
    entries = comparing.entries(records)
    named = {one for entry in entries.values() for told in entry.decisions for one in (told.first, told.second)}
    return DecisionsAtHand(look, {**entries, **comparing.entries(named - entries.keys())})
