"""Events in any order, some twice, to persons: standardise, link, what is told, and who is who, in memory; held against
a plain implementation that looks at the last states alone."""

from itertools import islice, permutations
from random import Random

import orjson
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from processors.standardise.persons import PERSONS_OF
from schemas.events import KINDS
from tests.processors.people.drawn import CHANCE, OF_DEFENDANTS, OF_PEOPLE, History, in_disorder
from tests.processors.people.in_memory import persons
from tests.processors.people.regressions import HISTORIES
from tests.streams import people_plainly
from tests.streams.match_stories import match_story
from tests.streams.people_stories import people_story


def check(history: History, pick: Random) -> None:
    expected = people_plainly.clusters(history)
    assert persons(history, pick) == expected
    assert persons(in_disorder(history, pick), pick) == expected


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(history=OF_PEOPLE, pick=CHANCE)
def test_any_history_in_any_order_ends_as_told_plainly(history: History, pick: Random) -> None:
    check(history, pick)


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(history=OF_DEFENDANTS, pick=CHANCE)
def test_matches_and_unmatches_of_the_courts_in_any_order_end_as_told_plainly(history: History, pick: Random) -> None:
    check(history, pick)


@pytest.mark.slow
@pytest.mark.timeout(1_200)
@settings(max_examples=700, deadline=None, suppress_health_check=list(HealthCheck))
@given(history=st.one_of(OF_PEOPLE, OF_PEOPLE, OF_DEFENDANTS), pick=CHANCE)
def test_a_great_many_histories_of_people_end_as_told_plainly(history: History, pick: Random) -> None:
    check(history, pick)


@pytest.mark.parametrize("seed", range(10))
def test_a_long_history_ends_as_told_plainly(seed: int) -> None:
    check(people_story(seed, 120), Random(seed))


@pytest.mark.slow
@pytest.mark.timeout(1_200)
@pytest.mark.parametrize("seed", range(100, 110))
def test_a_very_long_history_ends_as_told_plainly(seed: int) -> None:
    check(people_story(seed, 600), Random(seed))


@pytest.mark.parametrize("name", HISTORIES)
def test_a_history_that_once_failed_ends_as_told_plainly(name: str) -> None:
    history = HISTORIES[name]
    expected = people_plainly.clusters(history)
    assert [len(records) + len(merged) for records, merged, _attention in expected], "it is about somebody"
    for order in islice(permutations(history), 0, 5_000, 7):
        assert persons(order, Random(1)) == expected
    check(history, Random(2))


def test_the_stories_hold_all_that_matters() -> None:
    found = [one for seed in range(25) for one in people_plainly.clusters(people_story(seed, 120))]
    assert max(len(records) for records, _merged, _attention in found) > 4
    assert any(merged for _records, merged, _attention in found)
    assert any(attention for _records, _merged, attention in found)


def test_the_stories_have_and_delete_every_kind_that_tells_of_people_or_decides_about_them() -> None:
    deciding = {"hmpps.merge", "hmpps.unmerge", "hmpps.person_decision", "court.match"}
    wanted = deciding | {name for name, kind in KINDS.items() if kind.model in PERSONS_OF}
    assert len(wanted) == 18
    events = [orjson.loads(value) for seed in range(10) for _topic, _key, value in people_story(seed)]
    assert {event["type"] for event in events} == {*wanted, "record.deleted"}
    assert {event["data"]["kind"] for event in events if event["type"] == "record.deleted"} == wanted


def test_in_most_histories_of_defendants_the_courts_matches_change_who_is_who() -> None:
    changed = 0
    for seed in range(40):
        events = match_story(seed)
        without = [one for one in events if b"court.match" not in one[2]]
        changed += people_plainly.clusters(events) != people_plainly.clusters(without)
    assert changed > 20
