"""Clusters once more, in the plainest way, from all records and decisions at once: every pair looked at, no index, no
increments, and no code of `processors.people.clustering`."""

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from itertools import combinations
from math import inf

Pair = frozenset[str]


@dataclass(frozen=True)
class Fact:
    """A record: what its agency calls it, its last name, the group it may be joined in, its service's number."""

    label: str
    last: str
    group: str
    number: str | None = None


@dataclass(frozen=True)
class Ruling:
    """A decision; the greater `at` is the later one."""

    at: int
    kind: str
    first: str
    second: str


@dataclass(frozen=True)
class Numbers:
    """The thresholds and sizes."""

    join: float
    fracture: float
    prior: float
    size: int
    key: int


Score = Callable[[str, str], float]
Found = set[tuple[tuple[str, ...], tuple[str, ...], bool]]
"""Clusters: records, records merged into them, whether they need attention."""


def clusters(
    facts: Mapping[str, Fact],
    rulings: Iterable[Ruling],
    score: Score,
    numbers: Numbers,
    met: Callable[[str, str], bool] | None = None,
    numbered: Callable[[str, str], bool] | None = None,
    unlinked: Collection[str] = (),
) -> Found:
    """All clusters of the records that are known. `met`, `numbered`: whether two are compared, and whether they share a
    service's number, where that is more than last names and one number say. `unlinked` are known too, but take no part:
    they may have been merged into others, or others into them."""
    standing: dict[Pair, Ruling] = {}
    for ruling in sorted(rulings, key=lambda ruling: ruling.at):
        if ruling.first != ruling.second:
            standing[frozenset((ruling.first, ruling.second))] = ruling
    merges = {}
    for ruling in sorted(standing.values(), key=lambda ruling: ruling.at):
        if ruling.kind == "merge":
            merges[ruling.first] = ruling.second
    circular = {record for record in merges if record in _path(merges, record)}
    merges = {source: target for source, target in merges.items() if source not in circular}
    held = {record: fact for record, fact in facts.items() if record not in merges}
    known = {*facts, *unlinked}
    keys = _keys(held)
    joins: dict[Pair, float] = {}
    apart: set[Pair] = set()
    disputed: set[str] = set()
    for one, other in combinations(sorted(held), 2):
        pair = frozenset((one, other))
        kind = standing[pair].kind if pair in standing else ""
        candidates = held[one].group == held[other].group and (
            kind == "include"
            or (met(one, other) if met else any(_meet(of, one, other, numbers.key) for of in keys.values()))
        )
        weight = score(held[one].label, held[other].label)
        same_number = held[one].number is not None and held[one].number == held[other].number
        if numbered is not None:
            same_number = numbered(one, other)
        if kind in ("exclude", "unmerge"):
            apart.add(pair)
        elif kind == "include":
            if candidates:
                joins[pair] = inf
        elif weight - numbers.prior <= -numbers.fracture:
            apart.add(pair)
            if same_number and candidates:
                disputed |= pair
        elif same_number or weight >= numbers.join:
            joins[pair] = inf if same_number else weight
            if not candidates:
                joins[pair] = -joins[pair]  # not found by look-ups: it ties nothing, but counts within a component
    found: Found = set()
    for component in _components(held, {pair for pair, weight in joins.items() if weight > 0}):
        for part, attention in parts(component, joins, apart, numbers):
            merged = {record for record in known if _lives_on(record, part, merges, known)}
            seen = attention or bool(part & circular) or bool(part & disputed)
            found.add((tuple(sorted(part)), tuple(sorted(merged)), seen))
    return found


def _path(merges: Mapping[str, str], start: str) -> list[str]:
    path: list[str] = []
    step = merges.get(start)
    while step is not None and step not in path:
        path.append(step)
        step = merges.get(step)
    return path


def _lives_on(record: str, part: set[str], merges: Mapping[str, str], known: Collection[str]) -> bool:
    path = _path(merges, record)
    return bool(path) and path[-1] in part and all(step in known for step in path)


def _keys(held: Mapping[str, Fact]) -> dict[tuple[str, str, str], list[tuple[str, str]]]:
    """Same last name; one's label the other's last name; same number: who is under each key, and as which side."""
    keys: dict[tuple[str, str, str], list[tuple[str, str]]] = {}
    for record, fact in held.items():
        keys.setdefault((fact.group, "last", fact.last), []).append((record, "both"))
        keys.setdefault((fact.group, "swapped", f"LABEL{fact.label}"), []).append((record, "l"))
        keys.setdefault((fact.group, "swapped", fact.last), []).append((record, "r"))
        if fact.number is not None:
            keys.setdefault((fact.group, "number", fact.number), []).append((record, "both"))
    return keys


def _meet(records: list[tuple[str, str]], one: str, other: str, limit: int) -> bool:
    sides = {record: {side for name, side in records if name == record} for record in (one, other)}
    return len(records) <= limit and any(
        {"both": "both", "l": "r", "r": "l"}[side] in sides[other] for side in sides[one]
    )


def _components(records: Iterable[str], ties: set[Pair]) -> list[set[str]]:
    found = [{record} for record in records]
    for one, other in map(tuple, ties):
        touched = [component for component in found if one in component or other in component]
        found = [component for component in found if component not in touched] + [set().union(*touched)]
    return found


def parts(
    component: set[str], joins: Mapping[Pair, float], apart: set[Pair], numbers: Numbers
) -> list[tuple[set[str], bool]]:
    """The parts of one component, and whether each needs attention."""
    if len(component) <= numbers.size:
        return _together(component, joins, apart, numbers)
    inside = {pair: weight for pair, weight in joins.items() if pair <= component and weight > 0}
    smaller = [component]
    for threshold in sorted({weight for weight in inside.values() if weight < inf}):
        smaller = _components(component, {pair for pair, weight in inside.items() if weight > threshold})
        if max(map(len, smaller)) <= numbers.size:
            break
    return [
        (part, True)
        for one in smaller
        for part, _ in (_together(one, joins, apart, numbers) if len(one) <= numbers.size else [(one, True)])
    ]


def _together(
    members: set[str], joins: Mapping[Pair, float], apart: set[Pair], numbers: Numbers
) -> list[tuple[set[str], bool]]:
    if not any(pair <= members for pair in apart):
        return [(members, False)]
    groups = [frozenset((member,)) for member in members]
    margin = numbers.join - numbers.fracture

    def weight(one: Pair, other: Pair) -> float | None:
        return max((abs(told) for pair, told in joins.items() if pair <= one | other and pair & one and pair & other),
                   default=None)  # fmt: skip

    def banned(one: Pair, other: Pair) -> bool:
        return any(pair <= one | other and pair & one and pair & other for pair in apart)

    def drawn(group: Pair) -> list[Pair]:
        return [one for one in groups if one != group and weight(group, one) is not None and not banned(group, one)]

    def torn(group: Pair, partner: Pair, told: float) -> bool:
        return any((weight(group, rival) or 0) >= told - margin and banned(rival, partner) for rival in drawn(group)
                   if rival != partner)  # fmt: skip

    while True:
        choices = []
        for one in groups:
            for other in drawn(one):
                told = weight(one, other)
                assert told is not None
                if min(one) < min(other) and not torn(one, other, told) and not torn(other, one, told):
                    choices.append((-told, min(one), min(other), one, other))
        if not choices:
            break
        *_, one, other = min(choices, key=lambda choice: choice[:3])
        groups = [group for group in groups if group not in (one, other)] + [one | other]
    overruled = {pair for pair, told in joins.items() if pair <= members and abs(told) == inf
                 and not any(pair <= group for group in groups)}  # fmt: skip
    return [
        (
            set(group),
            any(banned(one, other) for one, other in combinations(drawn(group), 2))
            or any(pair & group for pair in overruled),
        )
        for group in groups
    ]
