"""How one way of telling who is who differs from another."""

import random
from itertools import combinations

from processors.people.clustering.difference import difference


def test_what_comes_together_and_what_parts_is_counted() -> None:
    before = {"a": "p1", "b": "p1", "c": "p2", "d": "p3", "e": "p3"}
    after = {"a": "p1", "b": "p1", "c": "p1", "d": "p3", "e": "p4"}
    found = difference(before, after)
    assert (found.records, found.records_changed) == (5, 5)
    assert (found.persons_before, found.persons_after, found.persons_changed) == (3, 3, 3)
    assert (found.pairs_before, found.pairs_joined, found.pairs_parted) == (2, 2, 1)


def test_persons_that_are_only_called_otherwise_are_the_same() -> None:
    found = difference({"a": "p1", "b": "p1", "c": "p2"}, {"a": "p9", "b": "p9", "c": "p2"})
    assert (found.records_changed, found.persons_changed, found.pairs_joined, found.pairs_parted) == (0, 0, 0, 0)


def test_a_record_that_takes_no_part_on_one_side_is_alone_there() -> None:
    found = difference({"a": "p1", "b": "p1"}, {"a": "p1"})
    assert (found.records, found.records_changed, found.pairs_parted) == (2, 2, 1)


def test_pairs_are_those_that_are_counted_one_by_one() -> None:
    pick = random.Random(4)
    for _ in range(50):
        before, after = ({one: f"p{pick.randrange(5)}" for one in "abcdefghij"} for _side in range(2))
        pairs = list(combinations("abcdefghij", 2))
        joined = sum(before[x] != before[y] and after[x] == after[y] for x, y in pairs)
        parted = sum(before[x] == before[y] and after[x] != after[y] for x, y in pairs)
        found = difference(before, after)
        assert (found.pairs_joined, found.pairs_parted) == (joined, parted)
