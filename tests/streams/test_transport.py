"""The chunk transport against a real Apache Kafka: nothing lost or doubled, no commit before it is done."""

import asyncio
import os
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from confluent_kafka import Producer as KafkaProducer
from confluent_kafka import TopicPartition as KafkaPartition
from confluent_kafka.admin import AdminClient

from streams import producer
from streams.fetching import OffsetLostError
from streams.offsets import Run
from tests.streams.workers import Worker, committed_is, finish, until

pytestmark = pytest.mark.integration

NewTopic = Callable[..., str]
NewWorker = Callable[..., Worker]


def publish(kafka: str, topic: str, values: range, partition: int = 0, size: int = 0) -> None:
    with producer.Producer(kafka) as sender:
        for value in values:
            sender.send(topic, b"key", b"%d" % value + b"." * size, partition=partition)


def numbers(count: int, start: int = 0) -> list[bytes]:
    return [b"%d" % value for value in range(start, start + count)]


async def test_every_message_comes_once_and_in_order(kafka: str, new_topic: NewTopic, worker: NewWorker) -> None:
    topic = new_topic(partitions=3)
    for partition in range(3):
        publish(kafka, topic, range(20_000), partition)
    reader = await worker(topic, chunk_records=700).start()
    await until(lambda: len(reader.seen) >= 60_000)
    for partition in range(3):
        mine = [(offset, value) for where, offset, value in reader.seen if where == partition]
        assert mine == list(enumerate(numbers(20_000)))
    assert max(len(run) for run in reader.runs) <= 700
    await committed_is(kafka, reader.group, topic, {0: 20_000, 1: 20_000, 2: 20_000})


async def test_a_record_has_what_the_message_had(kafka: str, new_topic: NewTopic, worker: NewWorker) -> None:
    topic = new_topic()
    with producer.Producer(kafka) as sender:
        sender.send(topic, b"k", b"v", headers={"content-type": b"application/json"})
        sender.send(topic, None, b"")
    reader = await worker(topic).start()
    await until(lambda: len(reader.seen) == 2)
    first, second = [record for run in reader.runs for record in run.records]
    assert (first.offset, first.key, first.value) == (0, b"k", b"v")
    assert list(first.headers) == [("content-type", b"application/json")]
    assert first.timestamp > 1_600_000_000_000
    assert (second.offset, second.key, second.value) == (1, None, b"")
    assert (reader.runs[0].first_offset, reader.runs[-1].last_offset, reader.runs[-1].next_offset) == (0, 1, 2)


async def test_runs_are_bounded_in_bytes(kafka: str, new_topic: NewTopic, worker: NewWorker) -> None:
    topic = new_topic()
    publish(kafka, topic, range(500), size=1_000)
    publish(kafka, topic, range(500, 501), size=2_000_000)  # larger than the bound: alone in its run
    publish(kafka, topic, range(501, 1_000), size=1_000)
    reader = await worker(topic, chunk_bytes=50_000).start()
    await until(lambda: len(reader.seen) >= 1_000)
    assert [offset for _, offset, _ in reader.seen] == list(range(1_000))
    assert [len(run) for run in reader.runs if run.size > 50_000] == [1]
    assert max(len(run) for run in reader.runs) > 30


async def test_one_run_of_a_partition_is_under_way_and_others_go_on(
    kafka: str, new_topic: NewTopic, worker: NewWorker
) -> None:
    topic = new_topic(partitions=2)
    publish(kafka, topic, range(100), partition=0)
    publish(kafka, topic, range(1_000), partition=1)

    async def hold_partition_0(run: Run, _: Worker) -> None:
        if run.partition == 1:
            run.done()

    reader = await worker(topic, handler=hold_partition_0, chunk_records=10).start()
    await until(lambda: len(reader.seen) >= 1_010)
    await asyncio.sleep(1.5)
    held = [run for run in reader.runs if run.partition == 0]
    assert len(held) == 1
    assert held[0].is_current
    await committed_is(kafka, reader.group, topic, {0: None, 1: 1_000})
    assert held[0].done()
    assert not held[0].done()
    await until(lambda: len(reader.runs) == 102)
    await committed_is(kafka, reader.group, topic, {0: 10, 1: 1_000})


async def test_an_agent_that_raises_has_committed_nothing_and_gets_the_run_again(
    kafka: str, new_topic: NewTopic, worker: NewWorker
) -> None:
    topic = new_topic()
    publish(kafka, topic, range(30))
    failures = 3

    async def fail_at_first(run: Run, reader: Worker) -> None:
        nonlocal failures
        if run.first_offset == 10 and failures:
            failures -= 1
            await asyncio.sleep(0.8)  # longer than Faust's commit interval
            answer = await asyncio.to_thread(producer.committed, kafka, reader.group, [topic])
            assert answer[topic, 0] == 10
            raise ValueError("the flush failed")
        run.done()

    reader = await worker(topic, handler=fail_at_first, chunk_records=10).start()
    await until(lambda: len(reader.seen) >= 60)
    assert [run.first_offset for run in reader.runs] == [0, 10, 10, 10, 10, 20]
    await committed_is(kafka, reader.group, topic, {0: 30})


async def test_an_abandoned_run_is_fetched_again(kafka: str, new_topic: NewTopic, worker: NewWorker) -> None:
    topic = new_topic()
    publish(kafka, topic, range(30))
    abandoned: list[Run] = []

    async def abandon_once(run: Run, _: Worker) -> None:
        if run.first_offset == 10 and not abandoned:
            abandoned.append(run)
            assert run.abandon()
        else:
            run.done()

    reader = await worker(topic, handler=abandon_once, chunk_records=10).start()
    await until(lambda: len(reader.seen) >= 40)
    assert [run.first_offset for run in reader.runs] == [0, 10, 10, 20]
    assert not abandoned[0].is_current
    assert not abandoned[0].done()


async def test_stopping_drains_and_never_commits_what_is_not_done(
    kafka: str, new_topic: NewTopic, worker: NewWorker
) -> None:
    topic = new_topic()
    publish(kafka, topic, range(30))

    async def hang_at_20(run: Run, _: Worker) -> None:
        await asyncio.sleep(30 if run.first_offset == 20 else 0.3)
        run.done()

    first = await worker(topic, handler=hang_at_20, chunk_records=10, drain_seconds=1.0).start()
    await until(lambda: len(first.seen) >= 20)
    await first.stop()  # the second run is in hand and done while draining
    await committed_is(kafka, first.group, topic, {0: 20})
    second = await worker(topic, first.group, hang_at_20, chunk_records=10, drain_seconds=0.5).start()
    await until(lambda: len(second.seen) == 10)
    await second.stop()  # the third hangs: it is given up
    assert second.runs[0].first_offset == 20
    assert not second.runs[0].is_current
    await committed_is(kafka, first.group, topic, {0: 20})


async def test_commits_go_past_transaction_markers_and_aborted_messages(
    kafka: str, new_topic: NewTopic, worker: NewWorker
) -> None:
    topic = new_topic()
    sender = KafkaProducer({"bootstrap.servers": kafka, "transactional.id": topic})
    sender.init_transactions()
    for number in range(6):
        sender.begin_transaction()
        for value in range(5):
            sender.produce(topic, b"%d" % (number * 10 + value), partition=0)
        sender.flush()
        if number % 2:
            sender.abort_transaction()
        else:
            sender.commit_transaction()
    reader = await worker(topic, chunk_records=3).start()
    await until(lambda: len(reader.seen) >= 15)
    assert [int(value) for value in reader.values()] == [n * 10 + v for n in (0, 2, 4) for v in range(5)]
    end = producer.end_offsets(kafka, [topic])[topic, 0][1]
    assert end == 36  # 30 messages and 6 markers: nothing but markers and aborted messages behind the last that is read
    await committed_is(kafka, reader.group, topic, {0: end})


async def test_messages_of_an_open_transaction_are_not_read(kafka: str, new_topic: NewTopic, worker: NewWorker) -> None:
    topic = new_topic()
    sender = KafkaProducer({"bootstrap.servers": kafka, "transactional.id": topic})
    sender.init_transactions()
    sender.begin_transaction()
    sender.produce(topic, b"open", partition=0)
    sender.flush()
    publish(kafka, topic, range(3))
    reader = await worker(topic).start()
    await asyncio.sleep(1.0)
    assert reader.seen == []
    sender.abort_transaction()
    await until(lambda: len(reader.seen) == 3)
    assert reader.values() == numbers(3)


async def test_a_second_worker_takes_partitions_over_from_the_committed_offset(
    kafka: str, new_topic: NewTopic, worker: NewWorker
) -> None:
    topic = new_topic(partitions=4)
    for partition in range(4):
        publish(kafka, topic, range(100), partition)
    stuck: list[Run] = []

    async def do_first_half(run: Run, _: Worker) -> None:
        if run.first_offset < 50:
            run.done()
        else:
            stuck.append(run)

    first = await worker(topic, handler=do_first_half, chunk_records=10, drain_seconds=0.5).start()
    await until(lambda: len(stuck) == 4)
    await committed_is(kafka, first.group, topic, dict.fromkeys(range(4), 50))
    second = await worker(topic, first.group, chunk_records=10).start()
    await until(lambda: len(second.seen) >= 100, what="the second worker reads its partitions")
    assert not any(run.is_current for run in stuck[:4])
    assert not any(run.done() for run in stuck[:4])
    mine = {where for where, _, _ in second.seen}
    assert len(mine) == 2
    for partition in mine:
        assert [offset for where, offset, _ in second.seen if where == partition] == list(range(50, 100))
    # the first worker has the others again, from the committed offset, and still commits nothing of them
    await until(lambda: len(stuck) == 6)
    assert {run.partition for run in stuck[4:]} == set(range(4)) - mine
    assert {run.first_offset for run in stuck[4:]} == {50}
    wanted: dict[int, int | None] = {partition: 100 if partition in mine else 50 for partition in range(4)}
    await committed_is(kafka, first.group, topic, wanted)
    await first.stop()
    await until(lambda: len(second.seen) == 200, what="the second worker takes over the rest")
    await committed_is(kafka, first.group, topic, dict.fromkeys(range(4), 100))


async def test_hooks_tell_agents_about_their_partitions(kafka: str, new_topic: NewTopic, worker: NewWorker) -> None:
    topic = new_topic(partitions=2)
    reader = worker(topic)
    told: list[tuple[str, set[int]]] = []
    await reader.start()
    reader.app.on_chunks_assigned.append(lambda found: told.append(("assigned", {w.partition for w in found})))
    reader.app.on_chunks_revoked.append(lambda found: told.append(("revoked", {w.partition for w in found})))
    await until(lambda: reader.app.consumer.ledger.expected((topic, 0)) is not None)
    other = await worker(topic, reader.group).start()
    await until(lambda: len(told) >= 2)
    assert told[0] == ("revoked", {0, 1})
    assert told[1][0] == "assigned"
    assert len(told[1][1]) == 1
    await other.stop()


async def test_reading_never_jumps_over_deleted_messages(kafka: str, new_topic: NewTopic, worker: NewWorker) -> None:
    topic = new_topic()
    publish(kafka, topic, range(30))
    first = await worker(topic, chunk_records=10, handler=lambda run, _: _done_below(run, 10)).start()
    await until(lambda: len(first.seen) == 20)
    await first.stop()
    await committed_is(kafka, first.group, topic, {0: 10})
    admin = AdminClient({"bootstrap.servers": kafka})
    for future in admin.delete_records([KafkaPartition(topic, 0, 25)]).values():
        future.result()
    for group, offset in ((first.group, 10), (f"{first.group}-new", None)):
        reader = await worker(topic, group).start()
        await until(lambda reader=reader: reader.app.crashed, what="the worker stops")  # type: ignore[misc]
        error = reader.app.crash_reason
        assert isinstance(error, OffsetLostError)
        assert (error.topic, error.partition, error.offset, error.low, error.high) == (topic, 0, offset, 25, 30)
        assert reader.seen == []
        await reader.stop()
    await committed_is(kafka, first.group, topic, {0: 10})


async def _done_below(run: Run, limit: int) -> None:
    if run.first_offset < limit:
        run.done()


async def test_messages_deleted_under_a_reader_stop_it(kafka: str, new_topic: NewTopic, worker: NewWorker) -> None:
    topic = new_topic()
    publish(kafka, topic, range(2_000), size=2_000)  # more than one fetch, so that deleting hits what is not fetched
    held: list[Run] = []

    async def hold(run: Run, _: Worker) -> None:
        held.append(run)

    reader = await worker(topic, handler=hold, chunk_records=10, consumer_max_fetch_size=1_000).start()
    await until(lambda: len(held) == 1)
    await asyncio.sleep(0.3)
    admin = AdminClient({"bootstrap.servers": kafka})
    for future in admin.delete_records([KafkaPartition(topic, 0, 1_990)]).values():
        future.result()
    reader.handler = finish
    held[0].done()
    await until(lambda: reader.app.crashed, what="the worker stops")
    assert isinstance(reader.app.crash_reason, OffsetLostError)
    assert reader.app.crash_reason.low == 1_990
    assert max(offset for _, offset, _ in reader.seen) < 1_990


ROOT = str(Path(__file__).resolve().parents[2])
WORKER = """
import asyncio, pathlib, sys
from streams.transport import ChunkedApp, runs
kafka, topic, group, go_on = sys.argv[1:5]
sys.argv[1:] = ["worker", "--without-web", "-l", "warn"]  # Faust's own command line
app = ChunkedApp(group, broker=f"kafka://{kafka}", chunk_records=10, drain_seconds=0.5)

@app.agent(app.chunks(topic))
async def read(stream):
    async for run in runs(stream):
        if run.first_offset == 20:
            print("in hand", file=sys.__stdout__, flush=True)
            while not pathlib.Path(go_on).exists():
                await asyncio.sleep(0.05)
        run.done()

app.main()
"""


async def worker_with_a_run_in_hand(kafka: str, topic: str, group: str, folder: Path) -> "subprocess.Popen[bytes]":
    """A worker in a process of its own; it holds the run at offset 20 until a file `go-on` is in the folder."""
    program = folder / "worker.py"
    program.write_text(WORKER)
    process = subprocess.Popen(  # noqa: ASYNC220
        [sys.executable, str(program), kafka, topic, group, str(folder / "go-on")],
        stdout=subprocess.PIPE,
        cwd=folder,
        env={**os.environ, "PYTHONPATH": ROOT},
    )
    assert process.stdout is not None
    while b"in hand" not in (line := await asyncio.to_thread(process.stdout.readline)):
        assert line, "the worker ended"
    return process


@pytest.mark.parametrize("kill", [signal.SIGTERM, signal.SIGKILL])
async def test_a_worker_ended_inside_the_agent_has_not_committed_its_run(
    kafka: str, new_topic: NewTopic, worker: NewWorker, tmp_path: Path, kill: signal.Signals
) -> None:
    topic = new_topic()
    publish(kafka, topic, range(30))
    group = f"group-{topic}"
    process = await worker_with_a_run_in_hand(kafka, topic, group, tmp_path)
    try:
        await committed_is(kafka, group, topic, {0: 20})
        process.send_signal(kill)
        await asyncio.to_thread(process.wait, 30)
    finally:
        process.kill()
        process.wait()
    await committed_is(kafka, group, topic, {0: 20})
    heir = await worker(topic, group).start()
    await until(lambda: len(heir.seen) == 10, seconds=30, what="another worker goes on within the session timeout")
    assert heir.values() == numbers(10, start=20)


async def test_a_worker_that_would_have_to_jump_ends_with_a_clear_error(
    kafka: str, new_topic: NewTopic, tmp_path: Path
) -> None:
    topic = new_topic()
    publish(kafka, topic, range(30))
    admin = AdminClient({"bootstrap.servers": kafka})
    for future in admin.delete_records([KafkaPartition(topic, 0, 25)]).values():
        future.result()
    program = tmp_path / "worker.py"
    program.write_text(WORKER)
    done = await asyncio.to_thread(
        subprocess.run,
        [sys.executable, str(program), kafka, topic, f"group-{topic}", "never"],
        capture_output=True,
        text=True,
        timeout=40,
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": ROOT},
    )
    assert done.returncode != 0
    assert f"{topic}[0]: no offset is committed, the partition holds 25 to 29; not jumping" in done.stdout + done.stderr


async def test_a_frozen_worker_that_wakes_up_late_commits_nothing(
    kafka: str, new_topic: NewTopic, worker: NewWorker, tmp_path: Path
) -> None:
    topic = new_topic()
    publish(kafka, topic, range(30))
    group = f"group-{topic}"
    process = await worker_with_a_run_in_hand(kafka, topic, group, tmp_path)
    try:
        await committed_is(kafka, group, topic, {0: 20})
        process.send_signal(signal.SIGSTOP)
        heir = await worker(topic, group).start()
        await until(lambda: len(heir.seen) == 10, seconds=30, what="another worker goes on")
        publish(kafka, topic, range(30, 40))
        await committed_is(kafka, group, topic, {0: 40})
        (tmp_path / "go-on").touch()
        process.send_signal(signal.SIGCONT)
        for _ in range(10):
            await asyncio.sleep(0.3)
            await committed_is(kafka, group, topic, {0: 40}, seconds=0.2)
        assert heir.values() == numbers(20, start=20)
    finally:
        process.kill()
        process.wait()
