"""Another model of people: after the switch the tables are as if the instance had always scored by it, whatever fails,
repeats, sleeps or comes in between; and those are what a plain implementation makes of the last states of all records.
On the real Kafka and engine."""

import random
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime
from itertools import pairwise
from typing import Any

import pytest

from clickhouse.store import Store
from processors.people.cleaning.frequencies import NO_FREQUENCIES
from processors.people.model import read_settings
from processors.people.scoring.pairs import PairScorer
from schemas.person_facts import CHANGES_ENCODER, PeopleChanges, UseScoring
from streams import topics
from streams.chunks import GivenUpError
from streams.people_difference import differences
from streams.people_frequencies import columns_of, frequencies, take
from streams.people_model import Scoring, add, in_force, standing, wished
from streams.people_rescoring import ask, begun, slice_of
from streams.producer import Producer
from streams.tidy import tidy
from tests.pipeline import Chunk, Pipeline
from tests.streams import people_plainly
from tests.streams.people_models import OWN_KEYS, STRICT, edited
from tests.streams.people_stories import people_story
from tests.streams.stories import Event, publish
from tests.streams.test_exactly_once import BrokenError
from tests.tables import dump

pytestmark = [pytest.mark.integration, pytest.mark.timeout(600)]

System = Callable[[], None]
Tables = dict[str, list[tuple[object, ...]]]
PEOPLE = ("people", "people_members", "people_records", "people_sources")
STORY = people_story(7)


def use(store: Store, kafka: str, settings: Mapping[str, Any], snapshot: str = "") -> Scoring:
    """What `casestream people model use` does."""
    scoring = wished(store, settings, snapshot)
    add(store, scoring, "a test", "to see", datetime.now(UTC))
    ask(kafka, scoring)
    return scoring


def people(store: Store, scoring: int = 0) -> Tables:
    """The tables of people. Another number than that of the `scoring`, and so another name, are no difference."""
    found = dump(store)
    name = f"model-{scoring}"
    return {table: [tuple("the model" if cell == name else cell for cell in row) for row in found[table]]
            for table in PEOPLE}  # fmt: skip


def always(store: Store, kafka: str, events: Sequence[Event], settings: Mapping[str, Any]) -> Tables:
    """The tables of an instance that scores by a model before anything comes."""
    scoring = use(store, kafka, settings)
    pipeline = Pipeline(store, kafka)
    pipeline.run_people()
    publish(kafka, list(events))
    pipeline.run()
    return people(store, scoring.number)


def scorer(settings: Mapping[str, Any]) -> PairScorer:
    return PairScorer(read_settings(settings), NO_FREQUENCIES)


@pytest.mark.parametrize(("seed", "settings"), [(102, STRICT), (7, OWN_KEYS)])
def test_after_a_switch_the_tables_are_as_if_it_had_always_been_scored_so(
    seed: int, settings: dict[str, Any], system: System, store: Store, kafka: str
) -> None:
    events = people_story(seed)
    expected = always(store, kafka, events, settings)
    if settings is STRICT:
        assert people_plainly.shown(expected) == people_plainly.clusters(events, scorer(settings))
    assert people_plainly.shown(expected) != people_plainly.clusters(events), "the models differ"
    system()
    pick = random.Random(seed)
    shuffled = [*events, *pick.sample(events, 30)]
    pick.shuffle(shuffled)
    half = pick.randrange(60, 120)
    publish(kafka, shuffled[:half])
    pipeline = Pipeline(store, kafka, chunk=lambda: pick.randrange(1, 20), cached_records=3, rescored_together=4)
    pipeline.run()
    pipeline.run_standardise()
    scoring = use(store, kafka, settings)
    ask(kafka, scoring)  # a repeat
    publish(kafka, shuffled[half:])
    pipeline.run()
    far = begun(store, scoring.number)
    assert far is not None and far.done == far.steps > 2
    assert in_force(store) == scoring
    assert people(store, scoring.number) == expected


def test_after_a_switch_to_a_snapshot_the_tables_are_as_if_it_had_always_been_used(
    system: System, store: Store, kafka: str
) -> None:
    """The snapshot is of the first half of the events; names that come later have no frequency in it."""
    events = people_story(102)
    publish(kafka, events[:80])
    pipeline = Pipeline(store, kafka, cached_records=3, rescored_together=4)
    pipeline.run()
    snapshot = take(store, "a test", "to see", datetime.now(UTC))
    settings = edited(name=40)  # a name says all, unless it is a common one
    model = read_settings(settings)
    counted = frequencies(store, snapshot.key, columns_of(model))
    assert (snapshot.name, counted.name) == ("frequencies-1", "frequencies-1")
    assert counted.counts["first_and_last_name_std"] and not counted.counts.keys() - set(columns_of(model))
    publish(kafka, events[60:])
    pipeline.run_standardise()
    use(store, kafka, settings, snapshot.key)
    publish(kafka, events[:30])
    pipeline.run()
    found = people(store)
    assert {(row[6], row[7]) for row in found["people_members"]} == {("model-1", "frequencies-1")}
    assert people_plainly.shown(found) == people_plainly.clusters(events, PairScorer(model, counted))
    assert people_plainly.shown(found) != people_plainly.clusters(events, scorer(settings)), "the snapshot matters"
    assert take(store, "a test", "later", datetime.now(UTC)).key != snapshot.key, "counts moved on"
    assert frequencies(store, snapshot.key, columns_of(model)) == counted, "and the snapshot did not"


@pytest.fixture
def expected(system: System, store: Store, kafka: str) -> Tables:
    """The tables of STORY scored by STRICT; what a test finds is an instance that scored it by what it began with, and
    is asked to switch."""
    if not _expected:
        _expected.append(always(store, kafka, STORY, STRICT))
        system()
    publish(kafka, STORY)
    Pipeline(store, kafka).run()
    use(store, kafka, STRICT)
    return _expected[0]


_expected: list[Tables] = []


@pytest.mark.parametrize("step", ["rescore.memory", "rescore.rows", "rescore.step", "rescore.in_force"])
def test_a_failure_after_any_step_changes_nothing(step: str, expected: Tables, store: Store, kafka: str) -> None:
    times = iter(range(1, 10_000))
    failures = []

    def fail(name: str) -> None:
        if name == step and (time := next(times)) in (1, 3, 4):
            failures.append(time)
            raise BrokenError(name)

    pipeline = Pipeline(store, kafka, rescored_together=3, on_step=fail)
    for attempt in range(20):
        try:
            pipeline.run()
        except BrokenError:
            if attempt % 2:
                pipeline.start()  # another worker takes over: it remembers nothing
        else:
            break
    assert failures
    assert people(store, 1) == expected


def test_readers_see_the_old_persons_until_the_new_ones_are_complete(
    expected: Tables, store: Store, kafka: str
) -> None:
    before = people(store)
    seen = []

    def look(name: str) -> None:
        if name == "rescore.step":
            seen.append(people(store))

    Pipeline(store, kafka, rescored_together=3, on_step=look).run()
    assert len(seen) > 2
    assert all(tables == before for tables in seen)
    assert people(store, 1) == expected != before


def test_a_worker_that_sleeps_while_it_scores_all_anew_changes_nothing(
    expected: Tables, store: Store, kafka: str
) -> None:
    """Its successor completes the work and goes on with what comes later, before the sleeper wakes up."""
    more = people_story(7, 200)[160:]
    awake = Pipeline(store, kafka, rescored_together=3)

    def sleep(name: str) -> None:
        if name == "rescore.rows" and standing(store).number == 0:
            awake.run()
            publish(kafka, more)
            awake.run()

    Pipeline(store, kafka, rescored_together=3, on_step=sleep).run_people()
    assert standing(store).number == 1
    found = people(store, 1)
    assert people_plainly.shown(found) == people_plainly.clusters([*STORY, *more], scorer(STRICT))
    assert found != expected


def test_a_worker_that_lost_the_partition_stops_between_two_steps(expected: Tables, store: Store, kafka: str) -> None:
    pipeline = Pipeline(store, kafka, rescored_together=3)
    (*_rest, last) = pipeline.chunks((topics.PEOPLE,))
    with pytest.raises(GivenUpError):
        pipeline.people.process(Chunk(last.topic, last.partition, last.records, is_current=False))
    assert standing(store).number == 0
    pipeline.run()
    assert people(store, 1) == expected


def test_of_two_scorings_with_one_number_the_first_that_is_asked_for_holds(
    expected: Tables, store: Store, kafka: str
) -> None:
    with Producer(kafka) as producer:
        other = PeopleChanges(0, (), UseScoring(1, "another"))
        producer.send(topics.PEOPLE, None, CHANGES_ENCODER.encode(other))
    Pipeline(store, kafka).run()
    assert people(store, 1) == expected


def test_a_dry_run_tells_what_the_switch_does(expected: Tables, store: Store, kafka: str) -> None:
    before = dict(store.query("SELECT person_record_id, person_id FROM casestream.v_people_of_records", {}))
    told = differences(store, scorer(STRICT))
    Pipeline(store, kafka).run()
    after = dict(store.query("SELECT person_record_id, person_id FROM casestream.v_people_of_records", {}))
    assert told.figures.persons_before == len(set(before.values()))
    assert told.figures.persons_after == len(set(after.values()))
    assert told.figures.pairs_parted > 0
    for one in told.parted:
        assert before[one.first] == before[one.second] and after[one.first] != after[one.second]
    for one in told.joined:
        assert before[one.first] != before[one.second] and after[one.first] == after[one.second]
    attention = sum(row[2] == "needs attention" for row in expected["people"])
    assert told.attention_after == attention
    assert differences(store, scorer(STRICT)).figures.records_changed == 0


def test_what_the_scoring_before_made_is_cleared_behind_the_margin(expected: Tables, store: Store, kafka: str) -> None:
    pipeline = Pipeline(store, kafka, rescored_together=3)
    pipeline.run()
    pipeline.tell_kafka("casestream")
    left = "SELECT countIf(scoring = 0), countIf(scoring = 1) FROM casestream.people_members"
    tidy(store, kafka, 1_000)
    ((old, new),) = store.query(left, {})
    assert old and new
    tidy(store, kafka, 0)
    assert store.query(left, {}) == [(old, new)], "nothing came since: a sleeper may still need it"
    more = people_story(7, 200)[160:]
    publish(kafka, more)
    pipeline.run()
    pipeline.tell_kafka("casestream")
    tidy(store, kafka, 0)
    assert store.query(left, {})[0][0] == 0
    again = Pipeline(store, kafka)  # nothing remembered: all comes from what tidying left
    again.committed = pipeline.committed
    publish(kafka, STORY[:40])
    again.run()
    found = people_plainly.shown(people(store, 1))
    assert found == people_plainly.clusters([*STORY, *more], scorer(STRICT))


def test_the_slices_of_a_rescoring_hold_every_id_once() -> None:
    for steps in (1, 3, 7, 4_096):
        ends = [slice_of(step, steps) for step in range(1, steps + 1)]
        assert ends[0][0] == "i00000000" and ends[-1][1] == "j"
        assert all(one[1] == other[0] for one, other in pairwise(ends))
