"""The worker: one Faust app with the agents standardise, link, project and people. `python -m streams.worker` runs one.

Any number may run; Kafka shares the partitions out among them. Each agent takes all runs at hand together, works in a
thread of its own (ClickHouse, Kafka and the parsing would block the event loop) and calls them done when they are
durable.
"""

import asyncio
import logging
import time
from collections.abc import AsyncIterator, Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import Any
from urllib.parse import urlsplit

from confluent_kafka import KafkaException

from clickhouse.store import Endpoint, Store, StoreError
from processors.standardise.standardise import DECISIONS_TOPIC
from streams import memory
from streams.assignor import Work, weighed
from streams.chunks import GivenUpError, until_available
from streams.epochs import epochs
from streams.flag_rules import fix_rules, wished
from streams.lag import GROUP
from streams.link_agent import Linker
from streams.people_agent import PeopleLinker
from streams.people_model import begun_with
from streams.producer import Producer, end_offsets
from streams.project_agent import Projector
from streams.rules import fixed_rule
from streams.settings import WorkerSettings
from streams.standardise_agent import Standardiser
from streams.tidy import tidy
from streams.topics import CASES, FEEDS, PEOPLE, RECORDS, TopicError, declared, ensure, topic_ids
from streams.transport import ChunkedApp, Pace, Partition, Run, runs

logger = logging.getLogger("casestream.worker")

WORK = {
    **dict.fromkeys(FEEDS, Work()), DECISIONS_TOPIC: Work(0.01), RECORDS: Work(5.5),
    CASES: Work(9.0, stage=1), PEOPLE: Work(6.0, stage=2),
}  # fmt: skip
"""What whole topics cost of processor time in bench.throughput, each agency's feed 1 and what people decide next to
nothing; and in which stage. Records are linked while the feeds are read; what comes after that waits for both."""

_RECORDS_LEFT, _CASES_LEFT = 4, 16
"""Messages of `records`, of up to ten thousand heads each, and of `cases`, of up to a megabyte, that an agent further
on does not wait for: as many come in a few seconds."""

HANDED_ON_SECONDS = 0.01
"""Runs that are handed on together arrive one after the other: so long the first waits for the others."""


def endpoint(settings: WorkerSettings) -> Endpoint:
    """Where ClickHouse is, of the settings' address."""
    address = urlsplit(settings.clickhouse)
    return Endpoint(
        host=address.hostname or "127.0.0.1",
        port=address.port or 8123,
        user=settings.clickhouse_user,
        password=settings.clickhouse_password,
        secure=address.scheme == "https",
    )


class OtherTopicsError(RuntimeError):
    """The topics are not those with which the worker began: what it knows of epochs and offsets is of others."""


class Agents:
    """The agents of one worker, made anew for each assignment: their caches live no longer."""

    def __init__(self, settings: WorkerSettings) -> None:
        self._settings = settings
        ensured = ensure(
            settings.kafka,
            declared(
                feed_partitions=settings.feed_partitions,
                case_partitions=settings.case_partitions,
                feed_retention_days=settings.feed_retention_days,
            ),
        )
        for difference in ensured.differences:
            logger.warning("topic differs from what is declared: %s", difference)
        self._store = Store.connect(endpoint(settings))
        self._topic_ids = topic_ids(settings.kafka, (*FEEDS, RECORDS, CASES, PEOPLE))
        self._epochs = epochs(self._store, settings.kafka, (*FEEDS, RECORDS))
        self._case_partitions = self._partitions_of_cases()
        self._key_record_limit = fixed_rule(self._store, "key_record_limit", settings.key_record_limit)
        fix_rules(self._store, wished(settings.flag_rules))
        begun_with(self._store)
        self.threads = ThreadPoolExecutor(max_workers=4, thread_name_prefix="agent")
        self.standardise: Standardiser | None = None
        self.link: Linker | None = None
        self.project: Projector | None = None
        self.people: PeopleLinker | None = None

    def _partitions_of_cases(self) -> int:
        """As the topic has them, not as the settings wish: a case must keep to its partition."""
        return len(end_offsets(self._settings.kafka, (CASES,)))

    def assigned(self, partitions: frozenset[Partition]) -> None:
        """New agents for a new assignment. Raises OtherTopicsError where the topics were made anew meanwhile, or
        another instance's broker has the address: the events of the one would become the other's."""
        if topic_ids(self._settings.kafka, self._topic_ids) != self._topic_ids:
            raise OtherTopicsError(
                f"the topics at {self._settings.kafka} are not those that this worker began with: they were made anew,"
                " or another instance's broker is there now. Start the worker again, with the address of its own"
            )
        topics = {where.topic for where in partitions}
        settings, store = self._settings, self._store
        self.standardise = self.link = self.project = self.people = None
        if topics & set(FEEDS):
            self.standardise = Standardiser(
                store, Producer(settings.kafka, linger_ms=5), self._epochs,
                heads_per_message=settings.heads_per_message,
            )  # fmt: skip
        if RECORDS in topics:
            self.link = Linker(
                store, Producer(settings.kafka, linger_ms=5), self._epochs[RECORDS],
                case_partitions=self._case_partitions, key_record_limit=self._key_record_limit,
                cached_records=settings.cached_records,
            )  # fmt: skip
            self.link.fill_filters()
        if CASES in topics:
            self.project = Projector(
                store, cached_records=settings.cached_records // 2, cached_cases=settings.cached_records // 5,
                batch_bytes=settings.chunk_bytes,
            )
            self.project.fill_filters()
        if PEOPLE in topics:
            self.people = PeopleLinker(store, cached_records=settings.cached_records // 20)
            self.people.fill_filters()
        logger.info("assigned: %s", ", ".join(f"{topic}[{number}]" for topic, number in sorted(partitions)))

    def tidy(self) -> None:
        """Delete what is superseded and done. What fails is tried again next time: nothing depends on it."""
        try:
            tidied = tidy(self._store, self._settings.kafka, self._settings.tidy_keep)
        except (StoreError, KafkaException, TopicError) as error:
            logger.warning("not tidied: %s", error)
        else:
            logger.info("tidied: rows %s, messages %s", dict(tidied.rows), dict(tidied.messages))


async def _together(stream: Any, limit: int) -> AsyncIterator[list[Run]]:
    """The runs of a stream, all that are at hand at once, until they hold `limit` messages."""
    queue: asyncio.Queue[Run] = asyncio.Queue()

    async def pump() -> None:
        async for run in runs(stream):
            queue.put_nowait(run)

    pumping = asyncio.create_task(pump())
    try:
        while True:
            getting = asyncio.create_task(queue.get())
            await asyncio.wait({getting, pumping}, return_when=asyncio.FIRST_COMPLETED)
            if not getting.done():
                getting.cancel()
                await pumping  # raises what ended it
                return
            gathered = [getting.result()]
            held = len(gathered[0])
            await asyncio.sleep(HANDED_ON_SECONDS)
            while not queue.empty() and held < limit:
                gathered.append(queue.get_nowait())
                held += len(gathered[-1])
            yield gathered
    finally:
        pumping.cancel()


async def _work(agents: Agents, chunk: Sequence[Run], process: Callable[[], None]) -> None:
    """Process a chunk in a thread, waiting for ClickHouse and Kafka as long as it takes, and call its runs done."""

    def work() -> None:
        until_available(process, lambda: any(run.is_current for run in chunk))
        memory.after_chunk()

    started = time.perf_counter()
    await asyncio.get_running_loop().run_in_executor(agents.threads, work)
    for run in chunk:
        run.done()
    logger.info(
        "%s: %d messages of %d partitions in %.3f s",
        chunk[0].topic, sum(len(run) for run in chunk), len(chunk), time.perf_counter() - started,
    )  # fmt: skip


def build(settings: WorkerSettings) -> ChunkedApp:
    """The Faust app of a worker."""
    agents = until_available(lambda: Agents(settings), lambda: True)  # a worker that starts first waits for the servers
    app = ChunkedApp(
        GROUP,
        broker=[f"kafka://{server}" for server in settings.kafka.split(",")],
        chunk_records=settings.chunk_records,
        chunk_bytes=settings.chunk_bytes,
        consumer_max_fetch_size=settings.chunk_bytes // 3,
        web_enabled=settings.worker_web_port > 0,
        web_port=settings.worker_web_port or 6066,
        web_bind="127.0.0.1",
        autodiscover=False,
    )
    app.partition_assignor = weighed(WORK)
    app.on_chunks_assigned.append(agents.assigned)

    async def ended(name: str, error: Exception) -> None:
        """An agent that fails stops the worker: nothing is left out, nothing is jumped over."""
        logger.critical("the agent %s stops the worker: %s", name, error, exc_info=error)
        await app.crash(error)

    def given_up(chunk: Sequence[Run], error: GivenUpError) -> None:
        """A partition went to another worker while its chunk waited: nothing of it is committed, the worker goes on."""
        logger.warning("given up: %s", error)
        for run in chunk:
            run.abandon()

    async def take(name: str, chunk: Sequence[Run], told: object) -> None:
        """Have an agent process a chunk; one that this worker has not (any more) leaves it."""
        agent = getattr(agents, name)
        try:
            if agent is not None:
                await _work(agents, chunk, partial(agent.process, told))
        except GivenUpError as error:
            given_up(chunk, error)
        except Exception as error:
            await ended(name, error)
            raise

    async def standardise(stream: Any) -> None:
        async for chunk in _together(stream, settings.chunk_records * 4):
            await take("standardise", chunk, chunk)

    async def link(stream: Any) -> None:
        async for run in runs(stream):
            await take("link", [run], run)

    async def project(stream: Any) -> None:
        async for chunk in _together(stream, settings.chunk_records):
            await take("project", chunk, chunk)

    async def people(stream: Any) -> None:
        async for run in runs(stream):
            await take("people", [run], run)

    async def tidy_up() -> None:
        if agents.link is not None:  # one worker has the partition of records, so one tidies
            await asyncio.to_thread(agents.tidy)

    if settings.tidy_hours:
        app.timer(settings.tidy_hours * 3600)(tidy_up)
    patience = settings.project_patience
    behind = {**dict.fromkeys(FEEDS, settings.chunk_records), RECORDS: _RECORDS_LEFT}
    standardising = Pace(settings.flush_seconds)
    linking = Pace(settings.flush_seconds, max_bytes=settings.records_bytes)
    projecting = Pace(settings.project_seconds, behind, patience, settings.cases_bytes)
    meeting = Pace(settings.project_seconds, {**behind, CASES: _CASES_LEFT}, 3 * patience, settings.people_bytes)

    app.agent(app.chunks(*FEEDS, pace=standardising), name="standardise")(standardise)
    app.agent(app.chunks(RECORDS, pace=linking), name="link")(link)
    app.agent(app.chunks(CASES, pace=projecting), name="project")(project)
    app.agent(app.chunks(PEOPLE, pace=meeting), name="people")(people)
    return app


def main() -> None:
    """Run one worker until SIGTERM; what is in hand is finished or given up, never lost."""
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(name)s %(message)s")
    app = build(WorkerSettings())
    memory.settle()
    app.Worker(loglevel="INFO", redirect_stdouts=False).execute_from_commandline()


if __name__ == "__main__":
    main()
