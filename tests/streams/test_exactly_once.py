"""Exactly once in effect: whatever fails, repeats, or wakes up late, the tables are those of an undisturbed run.

docs/explanation/exactly-once.md names these tests step by step.
"""

import random
import threading
from collections.abc import Callable, Sequence

import pytest

from clickhouse.store import Store
from processors.linking.memory import Memory
from processors.linking.touched import LinkStep
from schemas.flow import Head
from streams import link_agent, topics
from streams.chunks import GivenUpError, no_step
from tests.pipeline import Chunk, Pipeline
from tests.streams.stories import Event, publish, story
from tests.tables import dump

pytestmark = [pytest.mark.integration, pytest.mark.timeout(600)]

STEPS = (
    "standardise.rows", "standardise.heads", "link.link_records", "link.linked_records", "link.cases", "project.fence",
    "project.keys", "project.rows",
)  # fmt: skip
STORY = story(7)


class BrokenError(RuntimeError):
    """The failure that a test injects."""


def undisturbed(store: Store, kafka: str, events: list[Event]) -> dict[str, list[tuple[object, ...]]]:
    publish(kafka, events)
    pipeline = Pipeline(store, kafka)
    pipeline.run()
    return dump(store)


def assert_equal(found: dict[str, list[tuple[object, ...]]], expected: dict[str, list[tuple[object, ...]]]) -> None:
    for table, rows in expected.items():
        assert found[table] == rows, table


def test_the_story_is_worth_telling(system: Callable[[], None], store: Store, kafka: str) -> None:
    tables = undisturbed(store, kafka, STORY)
    assert len(tables["cases"]) >= 2
    for table in ("case_crimes", "case_suspects", "case_court_cases", "case_hearings", "case_results", "case_events",
                  "held_out_links"):  # fmt: skip
        assert tables[table], table
    assert {"include"} < {reason for (reason,) in store.query(
        "SELECT DISTINCT reason_kind FROM casestream.case_members FINAL", {}
    )}  # fmt: skip
    (stored,) = store.query("SELECT count() FROM casestream.events FINAL", {})
    (rejected,) = store.query("SELECT count() FROM casestream.rejects FINAL", {})
    assert stored == (len(STORY),)
    assert rejected == (sum(body == b"{not json" for _topic, _key, body in STORY),)
    assert not store.query("SELECT * FROM casestream.case_faults FINAL", {})


@pytest.mark.parametrize("step", STEPS)
def test_a_failure_after_any_step_changes_nothing(
    step: str, system: Callable[[], None], store: Store, kafka: str
) -> None:
    expected = undisturbed(store, kafka, STORY)
    system()
    publish(kafka, STORY)
    pick = random.Random(step)
    times = iter(range(1, 10_000))
    failures = []

    def fail(name: str) -> None:
        if name == step and (time := next(times)) in (1, 3, 4):
            failures.append(time)
            raise BrokenError(name)

    pipeline = Pipeline(store, kafka, chunk=lambda: pick.randrange(1, 40), heads_per_message=9, on_step=fail)
    for _attempt in range(20):
        try:
            pipeline.run()
        except BrokenError:
            pipeline.chunk = lambda: pick.randrange(1, 60)
            pipeline.start()  # another worker takes over: it remembers nothing
        else:
            break
    assert failures
    assert_equal(dump(store), expected)


def test_a_chunk_that_fails_and_is_tried_again_by_the_same_worker_changes_nothing(
    system: Callable[[], None], store: Store, kafka: str
) -> None:
    expected = undisturbed(store, kafka, STORY)
    system()
    publish(kafka, STORY)
    pick = random.Random(3)

    def fail(name: str) -> None:
        if pick.random() < 0.3:
            raise BrokenError(name)

    pipeline = Pipeline(store, kafka, chunk=lambda: pick.randrange(1, 30), heads_per_message=7, on_step=fail)
    for _attempt in range(500):
        try:
            pipeline.run()
        except BrokenError:
            continue
        break
    assert_equal(dump(store), expected)


@pytest.mark.parametrize("seed", range(3))
def test_any_order_any_repeats_and_any_chunks_end_in_the_same_tables(
    seed: int, system: Callable[[], None], store: Store, kafka: str
) -> None:
    events = story(100 + seed)
    expected = undisturbed(store, kafka, events)
    system()
    pick = random.Random(seed)
    again = [*events, *pick.sample(events, 60)]
    pick.shuffle(again)
    publish(kafka, again)
    pipeline = Pipeline(
        store, kafka, chunk=lambda: pick.randrange(1, 50), heads_per_message=pick.randrange(1, 20), cached_records=5
    )
    pipeline.run()
    assert_equal(dump(store), expected)


def test_a_linker_that_wakes_up_late_changes_nothing(system: Callable[[], None], store: Store, kafka: str) -> None:
    expected = undisturbed(store, kafka, STORY)
    system()
    publish(kafka, STORY)
    stale = Pipeline(store, kafka, chunk=lambda: 3, heads_per_message=5)
    stale.run_standardise()
    asleep = list(stale.chunks((topics.RECORDS,)))
    for chunk in asleep[:4]:
        stale.linker.process(chunk)
    fresh = Pipeline(store, kafka, chunk=lambda: 7, heads_per_message=5)  # begins where nothing was committed
    fresh.run_link()
    fresh.run_project()
    for chunk in asleep[4:9]:  # the old one goes on with what it had in hand
        stale.linker.process(chunk)
    fresh.run_project()
    assert_equal(dump(store), expected)


def test_a_projector_that_wakes_up_late_changes_nothing(system: Callable[[], None], store: Store, kafka: str) -> None:
    expected = undisturbed(store, kafka, STORY)
    system()
    publish(kafka, STORY)
    stale = Pipeline(store, kafka, chunk=lambda: 2, heads_per_message=5)
    stale.run_standardise()
    stale.run_link()
    asleep = list(stale.chunks((topics.CASES,)))
    for chunk in asleep[:5]:
        stale.projector.process([chunk])
    fresh = Pipeline(store, kafka, chunk=lambda: 9, heads_per_message=5, on_step=no_step)
    fresh.run_link()
    fresh.run_project()
    for chunk in asleep[5:12]:
        with pytest.raises(GivenUpError):  # the fence: it was replaced
            stale.projector.process([chunk])
    assert_equal(dump(store), expected)


@pytest.mark.parametrize("step", ["project.fence", "project.keys"])
def test_a_projector_that_falls_asleep_in_the_middle_of_a_chunk_changes_nothing(
    step: str, system: Callable[[], None], store: Store, kafka: str
) -> None:
    expected = undisturbed(store, kafka, STORY)
    system()
    publish(kafka, STORY)
    asleep, wake = threading.Event(), threading.Event()

    def sleep(name: str) -> None:
        if name == step and len(done) == 4:
            asleep.set()
            assert wake.wait(60)

    done: list[Chunk] = []
    stale = Pipeline(store, kafka, chunk=lambda: 3, heads_per_message=5, on_step=sleep)
    stale.run_standardise()
    stale.run_link()

    def project() -> None:
        for chunk in list(stale.chunks((topics.CASES,)))[:5]:
            stale.projector.process([chunk])
            done.append(chunk)

    thread = threading.Thread(target=project)
    thread.start()
    assert asleep.wait(60)
    fresh = Pipeline(store, kafka, chunk=lambda: 20, heads_per_message=5)
    fresh.run_link()
    fresh.run_project()
    wake.set()
    thread.join()
    assert len(done) == 5
    assert_equal(dump(store), expected)


def test_an_event_that_makes_link_fail_alone_is_rejected_and_holds_up_nothing(
    system: Callable[[], None], store: Store, kafka: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    spared = [event for event in STORY if b'"subject":"S1"' not in event[2] and b'"CR0001"' not in event[2]]
    expected = undisturbed(store, kafka, spared)
    system()
    sound = link_agent.link

    def fail(memory: Memory, heads: Sequence[Head], limit: int, reproject: Sequence[str] = ()) -> LinkStep:
        if any(head.subject in ("S1", "poison") for head in heads):
            raise BrokenError("poison")
        return sound(memory, heads, limit, reproject)

    monkeypatch.setattr(link_agent, "link", fail)
    poison = next(event for event in STORY if b'"type":"police.suspect","subject":"S1"' in event[2])
    publish(kafka, [*spared[:20], poison, *spared[20:]])
    pipeline = Pipeline(store, kafka, chunk=lambda: 11, heads_per_message=7)
    pipeline.run()
    assert_equal(dump(store), expected)
    rejected = store.query("SELECT stage, rule, subject, body FROM casestream.rejects FINAL WHERE stage = 'link'", {})
    assert rejected == [("link", "internal-error", "S1", poison[2].decode())]
    known = "SELECT topic, epoch, partition, offset, received_at, agency, type, source, event_id FROM casestream."
    assert store.query(f"{known}rejects FINAL", {})[0] in store.query(f"{known}events FINAL", {})


def test_link_stops_when_nothing_fails_alone(
    system: Callable[[], None], store: Store, kafka: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    sound = link_agent.link

    def fail(memory: Memory, heads: Sequence[Head], limit: int, reproject: Sequence[str] = ()) -> LinkStep:
        if len(heads) > 1:
            raise BrokenError("only together")
        return sound(memory, heads, limit, reproject)

    monkeypatch.setattr(link_agent, "link", fail)
    publish(kafka, STORY)
    pipeline = Pipeline(store, kafka, heads_per_message=7)
    pipeline.run_standardise()
    with pytest.raises(BrokenError):
        pipeline.run_link()
    assert not store.query("SELECT * FROM casestream.rejects FINAL WHERE stage = 'link'", {})
