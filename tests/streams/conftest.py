"""A real Apache Kafka for the tests of `streams`, started once a session on free ports in a temporary folder."""

import itertools
import os
import time
from collections.abc import AsyncIterator, Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from confluent_kafka.admin import AdminClient

from clickhouse.store import Store
from streams import topics
from streams.broker import JavaMissingError, prepare, start, stop
from tests.streams.workers import Handler, Worker, finish
from tests.tables import empty

_numbers = itertools.count(1)


@pytest.fixture(scope="session")
def kafka_jars(pytestconfig: pytest.Config) -> Path:
    """Kafka's jars, kept in pytest's cache between sessions."""
    cache = pytestconfig.cache
    assert cache is not None
    try:
        return prepare(cache.mkdir("kafka"))
    except JavaMissingError as error:
        pytest.skip(f"Apache Kafka cannot run here: {error}")


@pytest.fixture(scope="session")
def kafka(kafka_jars: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Bootstrap servers of a running Apache Kafka."""
    broker = start(tmp_path_factory.mktemp("kafka"), jars=kafka_jars)
    try:
        yield broker.bootstrap
    finally:
        stop(broker.pid)


@pytest.fixture
def new_topic(kafka: str) -> Callable[..., str]:
    """Makes a topic of its own for a test: `new_topic(partitions=1)` gives its name."""

    def make(partitions: int = 1) -> str:
        name = f"test-{os.getpid()}-{next(_numbers)}"
        topics.ensure(kafka, [topics.Topic(name, partitions, -1, "a test")])
        return name

    return make


@pytest.fixture
async def worker(kafka: str) -> AsyncIterator[Callable[..., Worker]]:
    """Makes workers that are stopped at the end: `await worker(topic, group, handler).start()`."""
    made: list[Worker] = []

    def make(topic: str, group: str | None = None, handler: Handler = finish, **options: Any) -> Worker:
        made.append(Worker(kafka, topic, group or f"group-{topic}", handler, options))
        return made[-1]

    yield make
    for one in made:
        await one.stop()


@pytest.fixture
def system(kafka: str, store: Store) -> Iterator[Callable[[], None]]:
    """Makes all topics anew (their epochs rise) and empties the tables; leaves no topic behind."""

    def remove() -> None:
        admin = AdminClient({"bootstrap.servers": kafka})
        names = [topic.name for topic in topics.declared()]
        there = [name for name in names if name in admin.list_topics(timeout=10).topics]
        for future in admin.delete_topics(there, operation_timeout=30).values() if there else ():
            future.result()
        deadline = time.monotonic() + 30
        while set(names) & set(admin.list_topics(timeout=10).topics) and time.monotonic() < deadline:
            time.sleep(0.1)

    def renew() -> None:
        remove()
        topics.ensure(kafka, topics.declared(feed_partitions=2, case_partitions=2))
        empty(store)

    renew()
    yield renew
    remove()
