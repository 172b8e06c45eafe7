"""A component of joined records -> the parts of it that are clusters.

A component in which no two records must be kept apart is one part. Else it is put together anew, from single records,
the strongest join first, and never so that two who must be apart come together. A part that could go to either of two
such, to neither much more than to the other, is torn: it goes to neither, and is shown.

A function of the component as a set: joins are tried by weight, then by the records' ids.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from math import isinf

from processors.people.clustering.limits import Limits
from processors.people.clustering.verdicts import Verdict

Edges = Mapping[str, Mapping[str, float]]
"""The joined records of each record, with the match weights."""

VerdictOf = Callable[[str, str], Verdict]
Pair = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Part:
    """The records of one cluster, sorted. `torn`: it could belong to two others that must be apart. `oversized`: its
    component had too many records. `overruled`: a decision to include was not followed, because of one to exclude.
    `cut`: its joins to records of other parts, sorted."""

    records: tuple[str, ...]
    torn: bool = False
    oversized: bool = False
    overruled: bool = False
    cut: tuple[Pair, ...] = ()


def partition(members: Sequence[str], edges: Edges, verdict_of: VerdictOf, limits: Limits) -> list[Part]:
    """The parts of a component, in the order of their first records."""
    if len(members) <= limits.cluster_size:
        return _judged(sorted(members), verdict_of, limits)
    found: list[Part] = []
    for smaller in _shrunk(sorted(members), edges, limits.cluster_size):
        parts = _judged(smaller, verdict_of, limits) if len(smaller) <= limits.cluster_size else [Part(tuple(smaller))]
        found += [Part(one.records, one.torn, True, one.overruled, one.cut) for one in parts]
    return sorted(found, key=lambda part: part.records)


def components(members: Sequence[str], edges: Edges, above: float) -> list[list[str]]:
    """What is connected by joins of more than a weight, each sorted, in the order of their first records."""
    inside, seen, found = set(members), set[str](), []
    for start in members:
        if start in seen:
            continue
        seen.add(start)
        reached = [start]
        for record in reached:
            for other, weight in edges.get(record, {}).items():
                if weight > above and other in inside and other not in seen:
                    seen.add(other)
                    reached.append(other)
        found.append(sorted(reached))
    return found


def _shrunk(members: Sequence[str], edges: Edges, size: int) -> list[list[str]]:
    """The component without its weakest joins: as few as it takes until no part is too large."""
    weights = sorted({weight for one in members for weight in edges.get(one, {}).values() if not isinf(weight)})
    low, high = 0, len(weights) - 1
    parts = [list(members)]
    while low <= high:
        middle = (low + high) // 2
        tried = components(members, edges, weights[middle])
        if max(len(part) for part in tried) <= size or middle == len(weights) - 1:
            parts, high = tried, middle - 1
        else:
            low = middle + 1
    return parts


def _judged(members: Sequence[str], verdict_of: VerdictOf, limits: Limits) -> list[Part]:
    verdicts = {pair: verdict_of(*pair) for pair in combinations(members, 2)}
    apart = {pair for pair, verdict in verdicts.items() if verdict.apart is not None}
    if not apart:
        return [Part(tuple(members))]
    joins = {pair: verdict.weight for pair, verdict in verdicts.items() if verdict.joined}
    return _put_together(members, joins, apart, limits.margin)


def _put_together(members: Sequence[str], joins: Mapping[Pair, float], apart: set[Pair], margin: float) -> list[Part]:
    groups = _Groups(members, joins, apart)
    while (pair := groups.next_join(margin)) is not None:
        groups.join(*pair)
    return groups.parts(joins)


class _Groups:
    """Groups of records as they grow, each under its least record; the joins and the bans between them."""

    def __init__(self, members: Sequence[str], joins: Mapping[Pair, float], apart: set[Pair]) -> None:
        self._records: dict[str, list[str]] = {member: [member] for member in members}
        self._joins: dict[str, dict[str, float]] = {member: {} for member in members}
        self._bans: dict[str, set[str]] = {member: set() for member in members}
        for (one, other), weight in joins.items():
            self._joins[one][other] = self._joins[other][one] = weight
        for one, other in apart:
            self._bans[one].add(other)
            self._bans[other].add(one)

    def next_join(self, margin: float) -> Pair | None:
        """The strongest join that is allowed and leaves neither side torn; of equals the one with the least ids."""
        best: tuple[float, str, str] | None = None
        for one, joined in self._joins.items():
            for other, weight in joined.items():
                if one < other and other not in self._bans[one]:
                    rank = (-weight, one, other)
                    if (best is None or rank < best) and not self._torn(one, other, weight, margin):
                        best = rank
        return best[1:] if best is not None else None

    def _torn(self, one: str, other: str, weight: float, margin: float) -> bool:
        """Whether one of two groups is drawn about as much to a third that must be kept apart from the other one."""
        return any(
            rival_weight >= weight - margin
            for group, partner in ((one, other), (other, one))
            for rival, rival_weight in self._joins[group].items()
            if self._rivals(group, partner, rival)
        )

    def join(self, one: str, other: str) -> None:
        """Make two groups one, under the lesser name."""
        keep, give = min(one, other), max(one, other)
        self._records[keep] += self._records.pop(give)
        for rival, weight in self._joins.pop(give).items():
            del self._joins[rival][give]
            if rival != keep:
                self._joins[keep][rival] = self._joins[rival][keep] = max(weight, self._joins[keep].get(rival, weight))
        for banned in self._bans.pop(give):
            self._bans[banned].discard(give)
            self._bans[keep].add(banned)
            self._bans[banned].add(keep)

    def parts(self, joins: Mapping[Pair, float]) -> list[Part]:
        """The groups as they ended."""
        group_of = {record: name for name, records in self._records.items() for record in records}
        cut: dict[str, list[Pair]] = {name: [] for name in self._records}
        overruled: set[str] = set()
        for (one, other), weight in joins.items():
            if group_of[one] == group_of[other]:
                continue
            for record in (one, other):
                cut[group_of[record]].append((one, other))
                if isinf(weight):
                    overruled.add(group_of[record])
        return [
            Part(
                tuple(sorted(records)),
                torn=self._is_torn(name),
                overruled=name in overruled,
                cut=tuple(sorted(cut[name])),
            )
            for name, records in sorted(self._records.items())
        ]

    def _is_torn(self, name: str) -> bool:
        """Whether a group could join either of two that must be apart, and joined neither."""
        open_to = [other for other in self._joins[name] if other not in self._bans[name]]
        return any(self._rivals(name, one, other) for one, other in combinations(open_to, 2))

    def _rivals(self, name: str, one: str, other: str) -> bool:
        """Whether a group may join either of two others, but not both."""
        return other in self._bans[one] and other not in self._bans[name] and one not in self._bans[name]
