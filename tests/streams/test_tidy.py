"""What is superseded and done is deleted, and nothing that is needed: the same history goes on to the same tables."""

from collections.abc import Callable
from itertools import zip_longest

import pytest

from clickhouse.store import Store
from streams import topics
from streams.lag import GROUP, Watch
from streams.producer import end_offsets
from streams.tidy import READ, Tidied, floors_of, tidy
from tests.pipeline import Pipeline
from tests.streams.people_stories import people_story
from tests.streams.stories import publish, story
from tests.tables import dump

pytestmark = [pytest.mark.integration, pytest.mark.timeout(600)]

STORY = [one for pair in zip_longest(story(7), people_story(7)[:80]) for one in pair if one is not None]
HALF = len(STORY) // 2

System = Callable[[], None]


def expected_tables(system: System, store: Store, kafka: str) -> dict[str, list[tuple[object, ...]]]:
    """Those of a run without tidying; then all is emptied."""
    publish(kafka, STORY)
    Pipeline(store, kafka).run()
    found = dump(store)
    system()
    return found


def half(store: Store, kafka: str) -> Pipeline:
    """The first half of the story, in small messages and chunks, committed."""
    publish(kafka, STORY[:HALF])
    pipeline = Pipeline(store, kafka, chunk=lambda: 9, heads_per_message=4, cached_records=20)
    pipeline.run()
    pipeline.tell_kafka(GROUP)
    return pipeline


def memory(store: Store) -> dict[str, list[tuple[object, ...]]]:
    keys = {
        "link_records": "record_id", "link_keys": "(key_kind, key_value, record_id)", "people_told": "id",
        "people_entries": "id", "people_keys": "(key_text, role, person_record_id)",
    }  # fmt: skip
    return {
        table: store.query(f"SELECT {key}, version FROM casestream.{table} FINAL ORDER BY ALL", {})
        for table, key in keys.items()
    }


def needed(rows: list[tuple[object, ...]], floor: int) -> list[tuple[object, ...]]:
    """Of each key the highest version below the floor and all above it, said in the plainest way."""
    highest: dict[object, int] = {}
    for key, at in rows:
        if int(str(at)) < floor:
            highest[key] = max(highest.get(key, -1), int(str(at)))
    return sorted((key, at) for key, at in rows if int(str(at)) >= floor or highest[key] == at)


def version_of(store: Store, offset: int) -> int:
    ((epoch,),) = store.query("SELECT max(epoch) FROM casestream.topic_epochs FINAL WHERE topic = 'records'", {})
    return topics.version(int(str(epoch)), offset)


@pytest.mark.parametrize("keep", [0, 6])
def test_of_the_memories_the_highest_below_the_floor_stays_and_all_above_it(
    keep: int, system: System, store: Store, kafka: str
) -> None:
    pipeline = half(store, kafka)
    before = memory(store)
    tidied = tidy(store, kafka, keep)
    floor = version_of(store, pipeline.committed[topics.RECORDS, 0] - keep)
    after = memory(store)
    for table, rows in after.items():
        assert sorted(rows) == needed(before[table], floor), table
        assert tidied.rows[table] == len(before[table]) - len(rows) > 0
    assert tidied.rows["projector_fences"] > 0
    again = tidy(store, kafka, keep)
    assert set(again.rows.values()) == {0}
    assert set(again.messages.values()) == {0}


@pytest.mark.parametrize("keep", [0, 6])
def test_messages_that_are_done_are_deleted_up_to_the_margin(
    keep: int, system: System, store: Store, kafka: str
) -> None:
    pipeline = half(store, kafka)
    tidied = tidy(store, kafka, keep)
    found = end_offsets(kafka, READ)
    for where, (low, _high) in found.items():
        assert low == max(0, pipeline.committed.get(where, 0) - keep)
    assert tidied.messages == {
        topic: sum(low for (name, _), (low, _high) in found.items() if name == topic)
        for topic in READ
    }
    with Watch(kafka) as watch:
        assert all(lag.lag == 0 for lag in watch.lags().values())


@pytest.mark.parametrize("keep", [0, 6])
def test_the_history_goes_on_to_the_same_tables_also_with_fresh_workers(
    keep: int, system: System, store: Store, kafka: str
) -> None:
    expected = expected_tables(system, store, kafka)
    pipeline = half(store, kafka)
    tidy(store, kafka, keep)
    pipeline.start()  # nothing remembered: all comes from what tidying left
    publish(kafka, STORY[HALF:])
    pipeline.run()
    found = dump(store)
    for table, rows in expected.items():
        assert found[table] == rows, table


def test_a_linker_that_wakes_up_within_the_margin_is_not_harmed(system: System, store: Store, kafka: str) -> None:
    expected = expected_tables(system, store, kafka)
    stale = half(store, kafka)
    publish(kafka, STORY[HALF:])
    stale.run_standardise()
    asleep = list(stale.chunks((topics.RECORDS,)))
    fresh = Pipeline(store, kafka, chunk=lambda: 7)
    fresh.committed = dict(stale.committed)
    fresh.run_link()
    fresh.run_project()
    fresh.run_people()
    fresh.tell_kafka(GROUP)
    behind = fresh.committed[topics.RECORDS, 0] - asleep[0].first_offset
    assert tidy(store, kafka, behind).rows["link_records"] > 0
    stale.start()  # it remembers nothing, so that it has to look up
    for chunk in asleep:
        stale.linker.process(chunk)
    fresh.run_project()
    fresh.run_people()
    found = dump(store)
    for table, rows in expected.items():
        assert found[table] == rows, table


def test_nothing_that_is_not_committed_is_touched(system: System, store: Store, kafka: str) -> None:
    publish(kafka, STORY)
    Pipeline(store, kafka, chunk=lambda: 9, heads_per_message=4).run()
    before = memory(store)
    tidied = tidy(store, kafka, 0)
    assert memory(store) == before
    assert tidied.messages == dict.fromkeys(READ, 0)


def test_where_there_is_nothing_nothing_is_deleted(system: System, store: Store, kafka: str) -> None:
    scored = ("people_members", "people", "people_progress")
    rows = dict.fromkeys(("projector_fences", *memory(store), *scored), 0)
    assert tidy(store, kafka, 0) == Tidied(rows, dict.fromkeys(READ, 0))


def test_a_partition_that_was_made_anew_has_no_floor() -> None:
    ends = {("records", 0): (0, 5), ("cases", 0): (10, 30), ("cases", 1): (0, 3)}
    assert floors_of(ends, {("records", 0): 90, ("cases", 0): 25}, 10) == {("cases", 0): 15, ("cases", 1): 0}
