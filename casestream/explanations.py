"""What a question about links is answered with: each answer tells itself as lines, as a document and as a picture."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Protocol

from grafana.pictures import Edge, Node, links_svg
from processors.linking.explain import EXCLUDED, Joined, LeftOut, Link, Linked, Record
from schemas.flow import Key


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
        edges = [Edge(link.first, link.second, label(link.key), held_out) for link in links]
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
        when = f" since {time_of(self.when_us)}" if self.when_us is not None else ""
        yield f"{self.asked}: {_name(self.record)} is deleted{when} and of no case"
        for case_id, keys in self.cases.items():
            yield f"  what it shared last is on {case_id}: {', '.join(keys)}"

    def figures(self) -> dict[str, object]:
        """The answer for machines."""
        return {
            "asked": self.asked, "record": self.record._asdict(), "deleted": True, "since": time_of(self.when_us),
            "cases": {case_id: list(keys) for case_id, keys in self.cases.items()},
        }  # fmt: skip

    def picture(self) -> str:
        """The answer as SVG."""
        nodes = [_node(self.record), *(Node(case_id, "case", case_id) for case_id in self.cases)]
        edges = [
            Edge(self.record.record_id, case_id, ", ".join(keys), True) for case_id, keys in self.cases.items()
        ]
        return links_svg(nodes, edges, f"{self.record.record_id} is deleted")


@dataclass(frozen=True, slots=True)
class DecisionExplained:
    """What a person decided; `named` is empty where it was withdrawn. `held_out`: what it keeps from linking now."""

    decision_id: str
    told: str
    named: tuple[str, ...]
    held_out: tuple[tuple[str, Key], ...]

    def lines(self) -> Iterator[str]:
        """The answer for people."""
        yield f"{self.told}: {' and '.join(self.named)}" if self.named else f"{self.decision_id} was withdrawn"
        yield from (f"  it holds out {label(key)} of {record_id}" for record_id, key in self.held_out)

    def figures(self) -> dict[str, object]:
        """The answer for machines."""
        held_out = [{"record": record_id, "kind": key.kind, "value": key.value} for record_id, key in self.held_out]
        return {"decision": self.decision_id, "told": self.told, "records": list(self.named), "held_out": held_out}

    def picture(self) -> str:
        """The answer as SVG."""
        nodes = [Node(self.decision_id, "casestream", self.told), *(Node(one, "record", one) for one in self.named)]
        edges = [Edge(self.decision_id, one, self.told.partition(" ")[0]) for one in self.named]
        return links_svg(nodes, edges, self.told)


def _name(record: Record) -> str:
    return f"{record.kind} {record.subject}{'#' if record.part else ''}{record.part} ({record.record_id})"


def label(key: Key) -> str:
    """An identifier as it is told."""
    return f"{key.kind} {key.value}"


def _told(link: Link) -> str:
    since = f", since {time_of(link.since_us)}" if link.since_us is not None else ""
    return f"{label(link.key)} with {link.first}{since}" if link.first != link.second else label(link.key)


def time_of(time_us: int | None) -> str | None:
    """Microseconds since 1970 as ISO 8601, UTC."""
    return None if time_us is None else datetime.fromtimestamp(time_us / 1_000_000, UTC).isoformat()


def _figures(link: Link) -> dict[str, object]:
    return {
        "kind": link.key.kind, "value": link.key.value, "first": link.first, "second": link.second,
        "since": time_of(link.since_us),
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
        yield f"  {label(one.key)} of {one.record_id}: {detail}"


def _node(record: Record) -> Node:
    return Node(record.record_id, record.kind, f"{record.subject}{'#' if record.part else ''}{record.part}")


def _edge(link: Link) -> Edge:
    return Edge(link.first, link.second, label(link.key))
