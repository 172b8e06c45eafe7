"""Explanations by the ids that are asked about: one function for each pattern of prefixes (`EXPLAINERS`).

An id says by its first letter what it is of: `c` a case, `r` a record. An explanation tells itself as lines, as a
document for machines, and as a picture.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Protocol

from casestream.errors import UserError
from grafana.pictures import Edge, Node, links_svg
from processors.linking.entries import RecordState
from processors.linking.explain import (
    EXCLUDED,
    Joined,
    LeftOut,
    Link,
    Linked,
    Record,
    explain_case,
    explain_pair,
)
from processors.standardise.identifiers import Fault, canonical
from processors.standardise.keys import raw_keys
from schemas.events import KINDS
from schemas.flow import NO_TIME, Key, record_id_of
from streams.look import Look

_ID = re.compile(r"[a-z][0-9a-f]{24}")


class Explanation(Protocol):
    """What a question is answered with."""

    def lines(self) -> Iterator[str]:
        """The answer for people."""

    def figures(self) -> dict[str, object]:
        """The answer for machines."""

    def picture(self) -> str:
        """The answer as SVG."""


@dataclass(frozen=True, slots=True)
class CaseExplained:
    """A case. `asked`: the id that was asked about. `moved`: why that id leads to this case, where it is not its name,
    with the chain of links from the record of that id to the one that names the case."""

    asked: str
    case: Linked
    moved: str
    chain: tuple[Link, ...]

    def lines(self) -> Iterator[str]:
        """The answer for people."""
        if self.moved:
            yield f"{self.asked} leads to {self.case.case_id}: {self.moved}"
            yield from (f"  {_told(link)}" for link in self.chain)
        yield f"{self.case.case_id}: {len(self.case.records)} records, called after {self.case.named_after}"
        by_id = {link.second: link for link in self.case.links}
        for record in self.case.records:
            why = f"shares {_told(by_id[record.record_id])}" if record.record_id in by_id else "names the case"
            yield f"  {_name(record)}: {why}"
        yield from _left_out(self.case.left_out)

    def figures(self) -> dict[str, object]:
        """The answer for machines."""
        return {
            "asked": self.asked, "case": self.case.case_id, "named_after": self.case.named_after, "moved": self.moved,
            "chain": [_figures(link) for link in self.chain],
            "records": [record._asdict() for record in self.case.records],
            "links": [_figures(link) for link in self.case.links],
            "left_out": [_left_figures(one) for one in self.case.left_out],
        }  # fmt: skip

    def picture(self) -> str:
        """The answer as SVG."""
        first = sorted(self.case.records, key=lambda record: record.record_id != self.case.named_after)
        edges = [_edge(link) for link in self.case.links]
        return links_svg([_node(record) for record in first], edges, f"How {self.case.case_id} is linked")


@dataclass(frozen=True, slots=True)
class PairExplained:
    """Two records; `decisions` with their reasons."""

    pair: Joined
    decisions: tuple[str, ...]

    def lines(self) -> Iterator[str]:
        """The answer for people."""
        pair = self.pair
        yield f"{_name(pair.first)} and {_name(pair.second)}"
        if pair.path:
            yield f"are of one case, {pair.first_case}, by {len(pair.path)} links:"
            yield from (f"  {_told(link)}" for link in pair.path)
        else:
            yield f"are of two cases, {pair.first_case} and {pair.second_case}"
            if pair.held_out_path:
                yield "they would be joined, were it not for what is held out, by:"
                yield from (f"  {_told(link)}" for link in pair.held_out_path)
            else:
                yield "no chain of identifiers leads from one to the other"
        yield from (f"decided: {one}" for one in self.decisions)
        yield from _left_out(pair.left_out)

    def figures(self) -> dict[str, object]:
        """The answer for machines."""
        pair = self.pair
        return {
            "first": pair.first._asdict(), "second": pair.second._asdict(), "first_case": pair.first_case,
            "second_case": pair.second_case, "one_case": bool(pair.path), "path": [_figures(one) for one in pair.path],
            "held_out_path": [_figures(one) for one in pair.held_out_path], "decisions": list(self.decisions),
            "left_out": [_left_figures(one) for one in pair.left_out],
        }  # fmt: skip

    def picture(self) -> str:
        """The answer as SVG."""
        pair = self.pair
        links = pair.path or pair.held_out_path
        known = {pair.first.record_id: _node(pair.first), pair.second.record_id: _node(pair.second)}
        ids = [pair.first.record_id, *(link.second for link in links)]
        ids += [pair.second.record_id] if pair.second.record_id not in ids else []
        nodes = [known.get(one, Node(one, "record", one)) for one in ids]
        held_out = not pair.path
        edges = [Edge(link.first, link.second, _label(link.key), held_out) for link in links]
        return links_svg(nodes, edges, f"{pair.first.record_id} and {pair.second.record_id}")


@dataclass(frozen=True, slots=True)
class GoneExplained:
    """A record that is deleted at its source, or withdrawn: it is of no case. `cases`: those whose records carry the
    identifiers that it had last."""

    asked: str
    record: Record
    when_us: int | None
    cases: dict[str, tuple[str, ...]]

    def lines(self) -> Iterator[str]:
        """The answer for people."""
        when = f" since {_time(self.when_us)}" if self.when_us is not None else ""
        yield f"{self.asked}: {_name(self.record)} is deleted{when} and of no case"
        for case_id, keys in self.cases.items():
            yield f"  what it shared last is on {case_id}: {', '.join(keys)}"

    def figures(self) -> dict[str, object]:
        """The answer for machines."""
        return {
            "asked": self.asked, "record": self.record._asdict(), "deleted": True, "since": _time(self.when_us),
            "cases": {case_id: list(keys) for case_id, keys in self.cases.items()},
        }  # fmt: skip

    def picture(self) -> str:
        """The answer as SVG."""
        nodes = [_node(self.record), *(Node(case_id, "case", case_id) for case_id in self.cases)]
        edges = [
            Edge(self.record.record_id, case_id, ", ".join(keys), True) for case_id, keys in self.cases.items()
        ]
        return links_svg(nodes, edges, f"{self.record.record_id} is deleted")


def _case(look: Look, ids: Sequence[str]) -> Explanation:
    return _of_record(look, ids[0], _found(look, record_id_of(ids[0]), ids[0]))


def _record(look: Look, ids: Sequence[str]) -> Explanation:
    return _of_record(look, ids[0], _found(look, ids[0], ids[0]))


def _of_record(look: Look, asked: str, record: RecordState) -> Explanation:
    if not record.current:
        return _gone(look, asked, record)
    bodies = look.bodies(record)
    case = explain_case(look.memory, record, look.limit, bodies)
    if case.case_id == asked or case.named_after == asked:
        return CaseExplained(asked, case, "", ())
    first = look.memory.held(case.named_after)
    chain = explain_pair(look.memory, record, first, look.limit, bodies).path
    where = f"its record {record.record_id} ({record.kind}) is in the case of {first.record_id}"
    moved = f"{where}, {_order(first, record)}"
    return CaseExplained(asked, case, moved, chain)


def _order(first: RecordState, record: RecordState) -> str:
    """Why one record names the case and not the other."""
    if first.kind != record.kind:
        return f"and a {first.kind} names a case before a {record.kind} does"
    return "and of two records of a kind the lesser id names the case"


def _gone(look: Look, asked: str, record: RecordState) -> Explanation:
    bodies = look.bodies_of([record.record_id])
    told = (bodies.get((record.record_id, state.order.digest)) for state in reversed(record.states))
    last = next((body for body in told if body is not None), None)
    keys: set[Key] = set()
    if last is not None:
        read = (canonical(*raw) for raw in raw_keys(KINDS[record.kind].model.model_validate_json(last)))
        keys = {Key(one.kind, one.value) for one in read if not isinstance(one, Fault)}
    cases: dict[str, list[str]] = {}
    for key, carriers in look.carriers(keys).items():
        for case_id in sorted({one.case_id for one in carriers if one.case_id}):
            cases.setdefault(case_id, []).append(_label(key))
    time = record.states[-1].order.time_us
    named = Record(record.record_id, record.kind, record.source, record.subject, record.part)
    return GoneExplained(
        asked, named, None if time == NO_TIME else time, {case_id: tuple(shared) for case_id, shared in cases.items()}
    )


def _pair(look: Look, ids: Sequence[str]) -> Explanation:
    first, second = (_found(look, one, one) for one in ids)
    for record in (first, second):
        if not record.current:
            return _gone(look, record.record_id, record)
    pair = explain_pair(look.memory, first, second, look.limit, look.bodies(first, second))
    return PairExplained(pair, tuple(_decision(look, one) for one in pair.decisions))


def _decision(look: Look, decision_id: str) -> str:
    decision = look.memory.decisions[decision_id]
    bodies = look.bodies_of([decision_id])
    body = bodies.get((decision_id, decision.states[-1].order.digest))
    told = KINDS[decision.kind].model.model_validate_json(body).model_dump() if body is not None else {}
    return f"{decision.verdict} by {told.get('decided_by', 'somebody')}: {told.get('reason', '')} ({decision_id})"


def _found(look: Look, record_id: str, asked: str) -> RecordState:
    record = look.record(record_id)
    if record is None:
        raise UserError(f"{asked}: link knows no such {'case' if asked[0] == 'c' else 'record'}, and never did")
    return record


EXPLAINERS: dict[str, Callable[[Look, Sequence[str]], Explanation]] = {"c": _case, "r": _record, "rr": _pair}
"""By the prefixes of the ids that are asked about."""


def explain(look: Look, ids: Sequence[str]) -> Explanation:
    """The explanation of what was asked. UserError for ids of no known form, or of nothing. Raises StoreError."""
    wrong = next((one for one in ids if _ID.fullmatch(one) is None), None)
    if wrong is not None:
        raise UserError(f"{wrong!r} is no id: a letter and 24 hexadecimal digits")
    explainer = EXPLAINERS.get("".join(one[0] for one in ids))
    if explainer is None:
        known = ", ".join("two ids " + one[0] if len(one) == 2 else f"an id {one}" for one in EXPLAINERS)
        raise UserError(f"nothing explains {' '.join(ids)}: give {known}")
    return explainer(look, ids)


def _name(record: Record) -> str:
    return f"{record.kind} {record.subject}{'#' if record.part else ''}{record.part} ({record.record_id})"


def _label(key: Key) -> str:
    return f"{key.kind} {key.value}"


def _told(link: Link) -> str:
    since = f", since {_time(link.since_us)}" if link.since_us is not None else ""
    return f"{_label(link.key)} with {link.first}{since}" if link.first != link.second else _label(link.key)


def _time(time_us: int | None) -> str | None:
    return None if time_us is None else datetime.fromtimestamp(time_us / 1_000_000, UTC).isoformat()


def _figures(link: Link) -> dict[str, object]:
    return {
        "kind": link.key.kind, "value": link.key.value, "first": link.first, "second": link.second,
        "since": _time(link.since_us),
    }  # fmt: skip


def _left_figures(one: LeftOut) -> dict[str, object]:
    return {
        "record": one.record_id, "kind": one.key.kind, "value": one.key.value, "rule": one.rule, "detail": one.detail,
    }  # fmt: skip


def _left_out(left_out: Sequence[LeftOut]) -> Iterator[str]:
    if left_out:
        yield "left out of linking:"
    for one in left_out:
        detail = f"held out by {one.detail}" if one.rule == EXCLUDED else f"{one.rule}: {one.detail}"
        yield f"  {_label(one.key)} of {one.record_id}: {detail}"


def _node(record: Record) -> Node:
    return Node(record.record_id, record.kind, f"{record.subject}{'#' if record.part else ''}{record.part}")


def _edge(link: Link) -> Edge:
    return Edge(link.first, link.second, _label(link.key))
