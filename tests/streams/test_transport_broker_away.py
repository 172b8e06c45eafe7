"""The broker is killed while a worker reads: it waits, loses nothing, and goes on by itself when the broker is back."""

import asyncio
import os
import signal
from pathlib import Path

import pytest

from streams import topics
from streams.broker import start, stop
from streams.producer import Producer
from tests.streams.workers import Worker, committed_is, until

pytestmark = [pytest.mark.integration, pytest.mark.timeout(120)]


async def test_a_worker_goes_on_after_the_broker_was_killed(kafka_jars: Path, tmp_path: Path) -> None:
    broker = await asyncio.to_thread(start, tmp_path, jars=kafka_jars)
    reader = None
    try:
        topics.ensure(broker.bootstrap, [topics.Topic("away", 2, -1, "a test")])
        await asyncio.to_thread(_publish, broker.bootstrap, range(2_000))
        reader = await Worker(broker.bootstrap, "away", "group-away", options={"chunk_records": 100}).start()
        await until(lambda: len(reader.seen) >= 2_000)
        os.kill(broker.pid, signal.SIGKILL)
        await asyncio.to_thread(os.waitpid, broker.pid, 0)
        await asyncio.sleep(3.0)
        port = int(broker.bootstrap.split(":")[1])
        broker = await asyncio.to_thread(start, tmp_path, port=port, jars=kafka_jars)
        assert broker.bootstrap.endswith(str(port))
        await asyncio.to_thread(_publish, broker.bootstrap, range(2_000, 4_000))
        await until(lambda: len({value for _, _, value in reader.seen}) >= 4_000, seconds=60)
        for partition in range(2):
            offsets = [offset for where, offset, _ in reader.seen if where == partition]
            assert sorted(set(offsets)) == list(range(len(set(offsets))))
        wanted: dict[int, int | None] = {0: 2_000, 1: 2_000}
        await committed_is(broker.bootstrap, "group-away", "away", wanted, seconds=30)
        assert not reader.app.crashed
    finally:
        if reader is not None:
            await reader.stop()
        stop(broker.pid)


def _publish(bootstrap: str, values: range) -> None:
    with Producer(bootstrap) as sender:
        for value in values:
            sender.send("away", None, b"%d" % value, partition=value % 2)
