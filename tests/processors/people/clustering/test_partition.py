"""How a component is put together when some of its records must be kept apart; against the plain implementation."""

from collections.abc import Mapping
from itertools import combinations
from math import inf
from random import Random

import pytest

from processors.people.clustering import Limits
from processors.people.clustering.partition import Part, components, partition
from processors.people.clustering.verdicts import Verdict, verdict
from tests.processors.people.clustering import plain
from tests.processors.people.clustering.world import PRIOR

NEUTRAL = Verdict(0.0, False, None, False)
APART = Verdict(-60.0, False, "contradiction", False)
LIMITS = Limits(cluster_size=6)
NUMBERS = plain.Numbers(LIMITS.join, LIMITS.fracture, PRIOR, LIMITS.cluster_size, LIMITS.key_records)


def parts(members: str, joins: Mapping[str, float], apart: tuple[str, ...] = (), limits: Limits = LIMITS) -> list[Part]:
    """The parts of the records that are the letters of a text; pairs are two letters."""
    verdicts = {frozenset(pair): Verdict(weight, True, None, False) for pair, weight in joins.items()}
    verdicts |= {frozenset(pair): APART for pair in apart}
    edges: dict[str, dict[str, float]] = {member: {} for member in members}
    for pair, weight in joins.items():
        edges[pair[0]][pair[1]] = edges[pair[1]][pair[0]] = weight
    return partition(members, edges, lambda one, other: verdicts.get(frozenset((one, other)), NEUTRAL), limits)


def rows(found: list[Part]) -> list[str]:
    return ["".join(part.records) + ("!" if part.torn or part.overruled or part.oversized else "") for part in found]


def test_a_component_without_a_ban_is_one_part() -> None:
    assert parts("cab", {"ab": 20, "bc": 20}) == [Part(("a", "b", "c"))]


def test_the_strongest_join_goes_first() -> None:
    assert rows(parts("abcd", {"ab": 20, "bc": 40, "cd": 30}, ("ac",))) == ["a", "bcd"]
    assert rows(parts("abcd", {"ab": 50, "bc": 40, "cd": 30}, ("ac",))) == ["ab", "cd"]


def test_about_as_near_to_both_is_neither() -> None:
    assert rows(parts("abc", {"ab": 26, "bc": 20}, ("ac",))) == ["a", "b!", "c"]
    assert rows(parts("abc", {"ab": 26.1, "bc": 20}, ("ac",))) == ["ab", "c"]


def test_those_between_two_that_must_be_apart_stay_together() -> None:
    everything = {one + other: 30.0 for one, other in combinations("abcde", 2) if one + other != "ae"}
    assert rows(parts("abcde", everything, ("ae",))) == ["a", "bcd!", "e"]


def test_a_cut_join_is_told_on_both_sides() -> None:
    found = parts("abcd", {"ab": 50, "bc": 20, "cd": 50}, ("ad",))
    assert [(part.records, part.cut) for part in found] == [
        (("a", "b"), (("b", "c"),)), (("c", "d"), (("b", "c"),)),
    ]  # fmt: skip


@pytest.mark.parametrize("seed", range(8))
def test_parts_are_those_of_the_plain_implementation(seed: int) -> None:
    rng = Random(f"partition {seed}")
    torn = 0
    for _ in range(250):
        members = "abcdefg"[: rng.randint(2, 7)]
        joins, apart = {}, []
        chance = rng.choice((0.2, 0.4, 0.7))
        for one, other in combinations(members, 2):
            if rng.random() < chance:
                joins[one + other] = rng.choice((20.0, 22.0, 25.0, 27.0, 33.0, 40.0, inf))
            elif rng.random() < 0.5:
                apart.append(one + other)
        plain_joins = {frozenset(pair): weight for pair, weight in joins.items()}
        plain_apart = {frozenset(pair) for pair in apart}
        edges = {member: {other: weight for pair, weight in joins.items() for other in pair
                          if member in pair and other != member} for member in members}  # fmt: skip
        for component in components(members, edges, 0.0):
            inside = {pair: weight for pair, weight in joins.items() if set(pair) <= set(component)}
            shuffled = rng.sample(component, len(component))
            found = parts("".join(shuffled), inside, tuple(apart))
            expected = plain.parts(set(component), plain_joins, plain_apart, NUMBERS)
            seen = [(set(part.records), part.torn or part.overruled or part.oversized) for part in found]
            assert sorted(seen, key=lambda part: min(part[0])) == sorted(expected, key=lambda part: min(part[0])), joins
            torn += any(part.torn for part in found)
    assert torn > 10


@pytest.mark.parametrize(
    ("weight", "standing", "same_number", "expected"),
    [
        (20.0, None, False, Verdict(20.0, True, None, False)),
        (19.9, None, False, Verdict(19.9, False, None, False)),
        (PRIOR - 13.9, None, False, Verdict(PRIOR - 13.9, False, None, False)),
        (PRIOR - 14.1, None, False, Verdict(PRIOR - 14.1, False, "contradiction", False)),
        (-60.0, "include", False, Verdict(inf, True, None, False)),
        (90.0, "exclude", True, Verdict(90.0, False, "excluded", False)),
        (-20.0, None, True, Verdict(inf, True, None, False)),
        (-60.0, None, True, Verdict(-60.0, False, "contradiction", True)),
    ],
)
def test_verdicts(weight: float, standing: str | None, same_number: bool, expected: Verdict) -> None:
    assert verdict(weight, standing, same_number, PRIOR, LIMITS) == expected  # type: ignore[arg-type]
