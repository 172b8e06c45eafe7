"""Runs that keep pace: handed on together, and gathered meanwhile. On a real Apache Kafka."""

import asyncio
from collections.abc import Callable

import pytest

from streams import producer
from streams.offsets import Run
from streams.taking import RECORD_OVERHEAD
from streams.transport import Pace
from tests.streams.workers import Worker, committed_is, until

pytestmark = pytest.mark.integration

NewTopic = Callable[..., str]
NewWorker = Callable[..., Worker]


def publish(kafka: str, topic: str, values: range, partition: int = 0) -> None:
    with producer.Producer(kafka) as sender:
        for value in values:
            sender.send(topic, None, b"%d" % value, partition=partition)


async def hold(run: Run, _: Worker) -> None:
    """An agent that never ends by itself: the test calls the runs done."""


def paced(worker: NewWorker, topic: str, every: float = 0.0, **options: object) -> Worker:
    made = worker(topic, handler=hold, **options)
    made.pace = Pace(every)
    return made


async def test_nothing_is_handed_on_while_a_run_of_any_partition_is_under_way(
    kafka: str, new_topic: NewTopic, worker: NewWorker
) -> None:
    topic = new_topic(partitions=2)
    publish(kafka, topic, range(10))
    reader = await paced(worker, topic).start()
    await until(lambda: len(reader.runs) == 1)
    publish(kafka, topic, range(10), partition=1)
    await asyncio.sleep(1.5)
    assert len(reader.runs) == 1
    reader.runs[0].done()
    await until(lambda: len(reader.runs) == 2)
    assert reader.runs[1].partition == 1


async def test_what_comes_meanwhile_is_gathered_into_one_run_a_partition_in_order(
    kafka: str, new_topic: NewTopic, worker: NewWorker
) -> None:
    topic = new_topic(partitions=2)
    publish(kafka, topic, range(1))
    reader = await paced(worker, topic).start()
    await until(lambda: len(reader.runs) == 1)
    for begin in (1, 101, 201):
        publish(kafka, topic, range(begin, begin + 100))
        publish(kafka, topic, range(begin, begin + 100), partition=1)
        await asyncio.sleep(0.5)
    reader.runs[0].done()
    await until(lambda: len(reader.runs) == 3)
    by_partition = {run.partition: run for run in reader.runs[1:]}
    assert [record.value for record in by_partition[0].records] == [b"%d" % value for value in range(1, 301)]
    assert [record.offset for record in by_partition[0].records] == list(range(1, 301))
    assert [record.offset for record in by_partition[1].records] == list(range(300))
    for run in by_partition.values():
        run.done()
    await committed_is(kafka, reader.group, topic, {0: 301, 1: 300})


async def test_a_run_that_is_full_waits_for_no_pace_and_holds_no_more_than_it_may(
    kafka: str, new_topic: NewTopic, worker: NewWorker
) -> None:
    topic = new_topic()
    publish(kafka, topic, range(95))
    reader = await paced(worker, topic, every=3_600.0, chunk_records=10).start()
    seen = 0
    while seen < 90:
        await until(lambda at=seen: len(reader.seen) > at)  # type: ignore[misc]
        seen = len(reader.seen)
        reader.runs[-1].done()
    await asyncio.sleep(1.0)
    assert [len(run) for run in reader.runs] == [10] * 9, "the last five are not full, and the hour is not over"
    assert [offset for _, offset, _ in reader.seen] == list(range(90))


async def test_what_was_gathered_when_partitions_are_given_up_is_read_by_the_next_owner(
    kafka: str, new_topic: NewTopic, worker: NewWorker
) -> None:
    topic = new_topic()
    publish(kafka, topic, range(1))
    first = await paced(worker, topic, drain_seconds=0.2).start()
    await until(lambda: len(first.runs) == 1)
    first.runs[0].done()
    await committed_is(kafka, first.group, topic, {0: 1})
    publish(kafka, topic, range(1, 50))
    await until(lambda: len(first.runs) == 2)
    publish(kafka, topic, range(50, 100))
    await asyncio.sleep(0.5)
    await first.stop()
    second = worker(topic, first.group, hold)
    second.pace = Pace(0.0)
    await second.start()
    await until(lambda: len(second.seen) == 99)
    assert [offset for _, offset, _ in second.seen] == list(range(1, 100))


async def test_an_abandoned_run_comes_again_with_what_was_gathered_behind_it_and_nothing_twice(
    kafka: str, new_topic: NewTopic, worker: NewWorker
) -> None:
    topic = new_topic()
    publish(kafka, topic, range(10))
    reader = await paced(worker, topic).start()
    await until(lambda: len(reader.runs) == 1)
    publish(kafka, topic, range(10, 20))
    await asyncio.sleep(0.5)
    reader.runs[0].abandon()
    await until(lambda: len(reader.seen) >= 30 or (len(reader.runs) > 1 and len(reader.runs[1]) == 20))
    again = [record.offset for run in reader.runs[1:] for record in run.records]
    assert again == list(range(20))


@pytest.mark.parametrize("patience", [3_600.0, 0.0])
async def test_an_agent_is_held_back_while_the_group_has_much_left_before_it_and_its_patience_lasts(
    kafka: str, new_topic: NewTopic, worker: NewWorker, patience: float
) -> None:
    first, second = new_topic(), new_topic()
    publish(kafka, first, range(25))
    reader = paced(worker, first, chunk_records=10)
    reader.beside[second] = Pace(0.0, after={first: 10}, patience=patience)
    await reader.start()
    await until(lambda: [len(run) for run in reader.runs] == [10], what="a full run of the first topic")
    publish(kafka, second, range(1))  # its agent has had no turn yet
    await until(lambda: len(reader.runs) == 2)
    assert reader.runs[1].topic == second
    reader.runs[1].done()
    publish(kafka, second, range(1, 2))
    await asyncio.sleep(1.5)
    assert len(reader.runs) == (2 if patience else 3)
    reader.runs[0].done()
    await until(lambda: [len(run) for run in reader.runs if run.topic == first] == [10, 10])
    await asyncio.sleep(1.5)
    assert sum(run.topic == second for run in reader.runs) == (1 if patience else 2), "15 are left"
    [again] = [run for run in reader.runs[1:] if run.topic == first]
    again.done()  # 5 are left: the other agent waits no longer
    await until(lambda: sum(run.topic == second for run in reader.runs) == 2)


async def test_an_agent_is_held_back_by_what_another_worker_has_left(
    kafka: str, new_topic: NewTopic, worker: NewWorker
) -> None:
    first, second = new_topic(), new_topic()
    both = [worker(first, group=f"group-{first}", handler=hold, chunk_records=10) for _ in range(2)]
    for one in both:
        one.beside[second] = Pace(0.0, after={first: 10}, patience=3_600.0)
        await one.start()
    await until(lambda: all(len(one.app.consumer.assignment()) == 1 for one in both), what="a topic for each worker")
    busy, waiting = sorted(both, key=lambda one: first not in {where.topic for where in one.app.consumer.assignment()})
    publish(kafka, second, range(1))
    await until(lambda: len(waiting.runs) == 1)
    publish(kafka, first, range(25))
    await until(lambda: len(busy.runs) == 1)
    await asyncio.sleep(1.0)
    waiting.runs[0].done()
    publish(kafka, second, range(1, 2))
    await asyncio.sleep(1.5)
    assert len(waiting.runs) == 1
    busy.runs[0].done()
    await until(lambda: len(busy.runs) == 2)
    busy.runs[1].done()
    await until(lambda: len(waiting.runs) == 2)


async def test_an_agent_may_have_a_bound_of_its_own(kafka: str, new_topic: NewTopic, worker: NewWorker) -> None:
    topic = new_topic()
    reader = worker(topic, handler=hold)
    reader.pace = Pace(3_600.0, max_bytes=10 * (1 + RECORD_OVERHEAD))
    publish(kafka, topic, range(10), partition=0)
    publish(kafka, topic, range(5), partition=0)
    await reader.start()
    await until(lambda: len(reader.runs) == 1)
    assert [len(run) for run in reader.runs] == [10], "one digit each: the bound is reached"
