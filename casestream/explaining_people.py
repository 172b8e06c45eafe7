"""Why person records are of one person, or are not: `casestream explain` for persons and pairs of person records."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import isinf
from typing import NamedTuple

from casestream.errors import UserError
from casestream.people_decisions import Decided, DecisionsAtHand
from clickhouse.queries import read
from grafana.pictures import Edge, Node, links_svg, steps_svg
from processors.people.cleaning.clean import clean, strong_identifiers
from processors.people.cleaning.record import PersonRecord, is_linkable
from processors.people.clustering import Entry
from processors.people.clustering.decisions import what_stands
from processors.people.clustering.limits import LIMITS
from processors.people.clustering.verdicts import Verdict, verdict
from processors.people.scoring.pairs import PairScore
from processors.people.scoring.waterfall import render
from streams.look import NOW, Look
from streams.people_model import in_force, scorer_of
from streams.people_store import PeopleStore


class Member(NamedTuple):
    """A person record in a person. `weight` in bits, None where a number or a decision joins it."""

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
        return {**self._asdict(), "cases": list(self.cases), "decided": decided}


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
        """The answer as SVG."""
        nodes = [Node(one.person_record, one.role or "not told", one.person_record) for one in self.members]
        edges = [
            Edge(one.with_record, one.person_record, one.ground if one.weight is None else f"{one.weight:.1f} bits")
            for one in self.members
            if one.with_record
        ]
        return links_svg(nodes, edges, f"How {self.person_id} is linked")


@dataclass(frozen=True, slots=True)
class PeoplePairExplained:
    """Two person records: the model's score with its reasons, what else stands between them, and what came of it."""

    ids: tuple[str, str]
    scoring: int
    model: str
    snapshot: str
    score: PairScore
    verdict: Verdict
    standing: str
    decided: Decided | None
    same_number: bool
    persons: tuple[str, str]

    def outcome(self) -> str:
        """What the two are to each other."""
        told = self.verdict
        if told.apart is not None:
            return f"kept apart: {told.apart}"
        if told.joined and isinf(told.weight):
            return "joined by a decision" if self.standing else "joined by a service's own number"
        if told.joined:
            return f"joined: {LIMITS.join:g} bits or more"
        return f"not joined by themselves: less than {LIMITS.join:g} bits"

    def lines(self) -> Iterator[str]:
        """The answer for people: comparisons and levels, never the values."""
        yield f"{self.ids[0]} and {self.ids[1]}"
        yield f"scoring {self.scoring}: {self.model}, term frequencies {self.snapshot}"
        yield from render(self.score.waterfall).splitlines()
        if self.score.twins:
            yield f"possible twins: held at {self.score.match_weight:g} bits"
        yield self.outcome()
        if self.decided is not None:
            yield f"decided: {self.decided.line()}"
        one, other = self.persons
        yield f"both are of {one}" if one == other and one else f"they are of {one or 'nobody'} and {other or 'nobody'}"

    def figures(self) -> dict[str, object]:
        """The answer for machines; weights in bits."""
        chart = self.score.waterfall
        return {
            "records": list(self.ids), "scoring": self.scoring, "model": self.model, "snapshot": self.snapshot,
            "prior_weight": chart.prior_weight,
            "comparisons": [
                {"comparison": bar.comparison, "level": bar.level, "weight": bar.weight,
                 "frequency_adjustment": bar.frequency_adjustment}
                for bar in chart.bars
            ],
            "match_weight": self.score.match_weight, "match_probability": chart.match_probability,
            "possible_twins": self.score.twins, "same_number": self.same_number,
            "decided": self.standing or None,
            "decision": self.decided.figures() if self.decided is not None else None,
            "outcome": self.outcome(), "persons": list(self.persons),
        }  # fmt: skip

    def picture(self) -> str:
        """The answer as SVG."""
        chart = self.score.waterfall
        steps = [("prior", chart.prior_weight, "two random records")]
        steps += [(bar.comparison, bar.weight + bar.frequency_adjustment, bar.level) for bar in chart.bars]
        return steps_svg(steps, "bits", f"{self.ids[0]} and {self.ids[1]}")


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
    at_hand = _at_hand(look, [str(row[0]) for row in rows])
    members = tuple(
        Member(
            str(row[0]), str(row[1]), bool(row[2]), str(row[3]), str(row[4]),
            None if row[5] is None else float(str(row[5])), str(row[6]), str(row[7]), int(str(row[8])),
            _texts(row[9]),
            at_hand.merge_of(str(row[0])) if row[2] else
            at_hand.told_of(str(row[0]), str(row[4])) if row[3] == "decision" else None,
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


def _at_hand(look: Look, records: Sequence[str]) -> DecisionsAtHand:
    """What was decided about some person records, with the entries of those that are named beside them."""
    known = PeopleStore(look.store)
    known.below, known.scoring = NOW, in_force(look.store).number
    entries = dict(known.entries(records))
    named = {one for entry in entries.values() for told in entry.decisions for one in (told.first, told.second)}
    entries.update(known.entries(named - entries.keys()))
    return DecisionsAtHand(look, entries)


def explain_person_pair(look: Look, ids: Sequence[str]) -> PeoplePairExplained:
    """Two person records, scored as people linking scores them. UserError for one that is unknown or takes no part."""
    first, second = sorted(ids)
    known = PeopleStore(look.store)
    scoring = in_force(look.store)
    known.below, known.scoring = NOW, scoring.number
    entries = known.entries((first, second))
    scorer = scorer_of(look.store, scoring)
    at_hand = DecisionsAtHand(look, entries)
    records = [_record(entries, one) for one in (first, second)]
    if records[0].group != records[1].group:
        raise UserError(f"{first} and {second}: victims and witnesses are never compared with suspects and offenders")
    ready = [
        scorer.prepare(one.record_id, clean(one, at_hand.decisions.override(one.record_id))) for one in records
    ]
    score = scorer.explain(ready[0], ready[1])
    numbers = [set(strong_identifiers(one)) for one in records]
    decision = at_hand.standing(first, second)
    standing = what_stands(decision)
    same = bool(numbers[0] & numbers[1])
    told = verdict(score.match_weight, standing, same, scorer.prior_weight, LIMITS)
    return PeoplePairExplained(
        (first, second), scoring.number, scoring.model, scorer.snapshot.name, score, told, standing or "",
        at_hand.told(decision) if decision is not None else None, same,
        (entries[first].person_id, entries[second].person_id),
    )  # fmt: skip


def _record(entries: Mapping[str, Entry], record_id: str) -> PersonRecord:
    entry = entries.get(record_id)
    if entry is None or entry.record is None:
        raise UserError(f"{record_id}: people linking knows no such person record, or it is told no longer")
    if not is_linkable(entry.record):
        raise UserError(f"{record_id}: it says too little to be linked, or is that of a youth at court")
    return entry.record
