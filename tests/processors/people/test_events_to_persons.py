"""Events in any order, some twice, to persons: standardise, link, what is told, and who is who, in memory; held against
a plain implementation that looks at the last states alone."""

from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.processors.people.in_memory import persons
from tests.streams import people_plainly
from tests.streams.match_stories import match_story
from tests.streams.people_stories import people_story


@pytest.mark.parametrize("seed", range(25))
def test_any_order_ends_as_told_plainly(seed: int) -> None:
    events = people_story(seed, 120)
    expected = people_plainly.clusters(events)
    pick = Random(seed)
    assert persons(events, pick) == expected
    again = [*events, *pick.sample(events, 30)]
    pick.shuffle(again)
    assert persons(again, pick) == expected


@settings(max_examples=150, deadline=None)
@given(seed=st.integers(0, 1_000_000), pick=st.randoms(use_true_random=False))
def test_matches_and_unmatches_of_the_courts_in_any_order_end_as_told_plainly(seed: int, pick: Random) -> None:
    events = match_story(seed)
    expected = people_plainly.clusters(events)
    assert persons(events, pick) == expected
    again = [*events, *pick.sample(events, 10)]
    pick.shuffle(again)
    assert persons(again, pick) == expected


def test_the_stories_hold_all_that_matters() -> None:
    found = [one for seed in range(25) for one in people_plainly.clusters(people_story(seed, 120))]
    assert max(len(records) for records, _merged, _attention in found) > 4
    assert any(merged for _records, merged, _attention in found)
    assert any(attention for _records, _merged, attention in found)


def test_in_most_histories_of_defendants_the_courts_matches_change_who_is_who() -> None:
    changed = 0
    for seed in range(40):
        events = match_story(seed)
        without = [one for one in events if b"court.match" not in one[2]]
        changed += people_plainly.clusters(events) != people_plainly.clusters(without)
    assert changed > 20
