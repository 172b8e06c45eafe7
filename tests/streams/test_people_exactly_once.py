"""People, exactly once in effect: whatever fails, repeats or wakes up late, the tables of people are those of an
undisturbed run; and those are what a plain implementation makes of the last states of all records.

docs/explanation/exactly-once.md names these tests step by step.
"""

import random
from collections.abc import Callable

import pytest

from clickhouse.store import Store
from streams import topics
from tests.pipeline import Pipeline
from tests.streams import people_plainly
from tests.streams.people_stories import people_story
from tests.streams.stories import publish
from tests.streams.test_exactly_once import BrokenError, assert_equal, undisturbed
from tests.tables import dump

pytestmark = [pytest.mark.integration, pytest.mark.timeout(600)]

STEPS = ("link.cases", "people.memory", "people.rows", "people.progress")
STORY = people_story(7)

Tables = dict[str, list[tuple[object, ...]]]
_undisturbed: list[Tables] = []


@pytest.fixture
def expected(system: Callable[[], None], store: Store, kafka: str) -> Tables:
    """The tables of an undisturbed run of the story, made once; what a test finds is an empty system with the story in
    the feeds."""
    if not _undisturbed:
        _undisturbed.append(undisturbed(store, kafka, STORY))
        system()
    publish(kafka, STORY)
    return _undisturbed[0]


def test_the_story_is_worth_telling_and_ends_as_told_plainly(
    system: Callable[[], None], store: Store, kafka: str
) -> None:
    tables = undisturbed(store, kafka, STORY)
    found = people_plainly.shown(tables)
    assert found == people_plainly.clusters(STORY)
    assert max(len(records) for records, _merged, _attention in found) >= 4
    assert any(merged for _records, merged, _attention in found)
    assert {row[3] for row in tables["people_members"]} >= {"", "model", "number"}
    (cases,) = store.query("SELECT count() FROM casestream.v_people_cases", {})
    assert int(str(cases[0])) > 0


@pytest.mark.parametrize("step", STEPS)
def test_a_failure_after_any_step_changes_nothing(step: str, expected: Tables, store: Store, kafka: str) -> None:
    pick = random.Random(step)
    times = iter(range(1, 10_000))
    failures = []

    def fail(name: str) -> None:
        if name == step and (time := next(times)) in (1, 3, 4):
            failures.append(time)
            raise BrokenError(name)

    pipeline = Pipeline(store, kafka, chunk=lambda: pick.randrange(1, 12), heads_per_message=4, on_step=fail)
    for _attempt in range(20):
        try:
            pipeline.run()
        except BrokenError:
            pipeline.chunk = lambda: pick.randrange(1, 15)
            pipeline.start()  # another worker takes over: it remembers nothing
        else:
            break
    assert failures
    assert_equal(dump(store), expected)


def test_a_chunk_that_fails_and_is_tried_again_by_the_same_worker_changes_nothing(
    expected: Tables, store: Store, kafka: str
) -> None:
    pick = random.Random(3)

    def fail(name: str) -> None:
        if name.startswith("people") and pick.random() < 0.3:
            raise BrokenError(name)

    pipeline = Pipeline(store, kafka, chunk=lambda: pick.randrange(1, 10), heads_per_message=5, on_step=fail)
    failures = 0
    for _attempt in range(500):
        try:
            pipeline.run()
        except BrokenError:
            failures += 1
            continue
        break
    assert failures > 3
    assert_equal(dump(store), expected)


def test_any_order_any_repeats_and_any_chunks_end_as_told_plainly(
    system: Callable[[], None], store: Store, kafka: str
) -> None:
    events = people_story(102)
    pick = random.Random(1)
    again = [*events, *pick.sample(events, 40)]
    pick.shuffle(again)
    publish(kafka, again)
    pipeline = Pipeline(
        store, kafka, chunk=lambda: pick.randrange(1, 20), heads_per_message=pick.randrange(1, 12), cached_records=3
    )
    pipeline.run()
    shuffled = dump(store)
    assert people_plainly.shown(shuffled) == people_plainly.clusters(events)
    system()
    assert_equal(shuffled, undisturbed(store, kafka, events))


def test_a_people_agent_that_wakes_up_late_changes_nothing(expected: Tables, store: Store, kafka: str) -> None:
    stale = Pipeline(store, kafka, chunk=lambda: 2, heads_per_message=5)
    stale.run_standardise()
    stale.run_link()
    asleep = list(stale.chunks((topics.PEOPLE,)))
    for chunk in asleep[:3]:
        stale.people.process(chunk)
    fresh = Pipeline(store, kafka, chunk=lambda: 5, heads_per_message=5)  # begins where nothing was committed
    fresh.run_link()
    fresh.run_project()
    fresh.run_people()
    for chunk in asleep[3:9]:  # the old one goes on with what it had in hand
        stale.people.process(chunk)
    assert_equal(dump(store), expected)


def test_a_linker_that_repeats_itself_late_changes_nothing(expected: Tables, store: Store, kafka: str) -> None:
    """Its old messages come again in the topic people, behind newer ones: to one who remembers and to a successor."""
    stale = Pipeline(store, kafka, chunk=lambda: 3, heads_per_message=5)
    stale.run_standardise()
    asleep = list(stale.chunks((topics.RECORDS,)))
    fresh = Pipeline(store, kafka, chunk=lambda: 4, heads_per_message=5)
    fresh.run_link()
    fresh.run_project()
    fresh.run_people()
    for chunk in asleep[:6]:
        stale.linker.process(chunk)
    fresh.run_people()
    for chunk in asleep[6:]:
        stale.linker.process(chunk)
    fresh.start()
    fresh.run_project()
    fresh.run_people()
    assert_equal(dump(store), expected)
