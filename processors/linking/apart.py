"""Records that people keep apart: where identifiers chain two of them together, the chain is cut by one fixed rule.

Every identifier of every record of the component is a link. The links are laid one after the other, the most trusted
kind first (`kinds.STRENGTH`), within a kind by value, within a value in the order of records (`entries.rank`; what is
only attached comes last). A link that would bring an excluded pair together is held out and reported. What the laid
links hold together is a case. So on each chain the weakest link is the one that goes, and the outcome is a function of
the component's records and decisions: neither the order of events nor that of decisions is in it.
"""

from collections.abc import Sequence
from typing import NamedTuple

from processors.linking.components import Ties
from processors.linking.entries import HeldOut, RecordState, rank
from processors.linking.memory import Memory
from processors.standardise.identifiers.kinds import STRENGTH
from schemas.flow import Key

_STRENGTH = {kind: place for place, kind in enumerate(STRENGTH)}


class Case(NamedTuple):
    """The records that stay together, and what ties them."""

    records: list[RecordState]
    ties: Ties


class Parted(NamedTuple):
    """The cases of one component, and what each exclude keeps from linking, by its id."""

    cases: list[Case]
    held_out: dict[str, tuple[HeldOut, ...]]


def part(memory: Memory, found: list[RecordState], ties: Ties) -> Parted:
    """The cases of a component: one, unless people keep two of its records apart."""
    excluded = {
        decision.record_id: decision.named
        for record_id in memory.decided.keys() & ties.keys()
        for decision in memory.exclusions(record_id)
        if decision.other(record_id) in ties
    }
    if not excluded:
        return Parted([Case(found, ties)], {})
    clusters = _Clusters(excluded)
    laid: dict[Key, set[str]] = {}
    held_out: dict[str, list[HeldOut]] = {}
    for key, record in sorted(_links(found, ties), key=_place):
        kept_apart = clusters.join(key, record.record_id)
        if kept_apart:
            for decision_id in kept_apart:
                held_out.setdefault(decision_id, []).append(HeldOut(record.record_id, key))
        else:
            laid.setdefault(key, set()).add(record.record_id)
    return Parted(
        _cases(clusters, found, ties, laid),
        {decision_id: tuple(links) for decision_id, links in held_out.items()},
    )


def _links(found: Sequence[RecordState], ties: Ties) -> list[tuple[Key, RecordState]]:
    return [(key, record) for record in found for key, tied in ties[record.record_id] if tied]


def _place(link: tuple[Key, RecordState]) -> tuple[int, Key, bool, tuple[int, str]]:
    key, record = link
    return _STRENGTH[key.kind], key, not record.is_anchor(), rank(record)


def _cases(clusters: "_Clusters", found: Sequence[RecordState], ties: Ties, laid: dict[Key, set[str]]) -> list[Case]:
    nobody: set[str] = set()
    cases: dict[str | Key, Case] = {}
    for record in found:
        record_id = record.record_id
        case = cases.setdefault(clusters.root(record_id), Case([], {}))
        case.records.append(record)
        case.ties[record_id] = [
            (key, tied & carriers)
            for key, tied in ties[record_id]
            if record_id in (carriers := laid.get(key, nobody))
        ]
    return list(cases.values())


class _Clusters:
    """Union-find over records and identifiers; each cluster knows of which excluded pairs it holds one."""

    def __init__(self, excluded: dict[str, tuple[str, ...]]) -> None:
        self._parents: dict[str | Key, str | Key] = {}
        self._ends: dict[str | Key, set[str]] = {}
        for decision_id, records in excluded.items():
            for record_id in records:
                self._ends.setdefault(record_id, set()).add(decision_id)

    def root(self, node: str | Key) -> str | Key:
        """The cluster of a record or identifier."""
        parents = self._parents
        while (parent := parents.get(node, node)) != node:
            parents[node] = parents.get(parent, parent)
            node = parent
        return node

    def join(self, key: Key, record_id: str) -> list[str]:
        """Lay one link; or, where it would bring excluded pairs together, leave it and give their decisions."""
        one, other = self.root(key), self.root(record_id)
        if one == other:
            return []
        ends, more = self._ends.get(one, set()), self._ends.get(other, set())
        kept_apart = sorted(ends & more)
        if not kept_apart:
            self._parents[one] = other
            if ends or more:
                self._ends[other] = ends | more
        return kept_apart
