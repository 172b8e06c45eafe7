"""The consumer's own thread: takes runs from aiokafka, starts reading at the right offset, and commits.

It overrides three things of Faust's `AIOKafkaConsumerThread` (how the Kafka consumer is made, how records are taken
from it, how it seeks to the committed offsets) and adds a commit that knows the group's generation.
"""

import asyncio
from collections.abc import Collection, Iterator, Mapping
from time import monotonic
from typing import Any, Final

import aiokafka
from aiokafka.consumer.fetcher import FetchResult
from aiokafka.errors import (
    CommitFailedError,
    ConsumerStoppedError,
    IllegalStateError,
    KafkaError,
    NoOffsetForPartitionError,
    OffsetOutOfRangeError,
)
from aiokafka.structs import OffsetAndMetadata, TopicPartition
from faust.transport.drivers.aiokafka import AIOKafkaConsumerThread, credentials_to_aiokafka_auth, server_list
from faust.types import TP

from streams.offsets import Ledger, Partition
from streams.pace import Pace
from streams.taking import Fetched, take

FETCH_WAIT_MS: Final = 100
"""How long the broker may hold a fetch that finds nothing. A partition that becomes free waits for it: so not long."""
COMMIT_SECONDS: Final = 5.0
LOOK_SECONDS: Final = 0.5
"""How often a worker looks how much the others have left, where an agent waits for that."""


class OffsetLostError(RuntimeError):
    """The messages at `offset` are not there (any more): the reader would have to jump, and does not.

    `low` and `high` are the first offset that is there and the next that will be written. Either messages were deleted
    before they were read, or the topic is another one than the group has read, or (`offset` None) the group has never
    committed, or its offsets have expired, on a partition that does not begin at 0 any more. Someone has to decide from
    where to go on: set the group's offset by hand (kafka-consumer-groups --reset-offsets), or replay.
    """

    def __init__(self, topic: str, partition: int, offset: int | None, low: int, high: int) -> None:
        wanted = "no offset is committed" if offset is None else f"offset {offset} is not there"
        super().__init__(f"{topic}[{partition}]: {wanted}, the partition holds {low} to {high - 1}; not jumping")
        self.topic = topic
        self.partition = partition
        self.offset = offset
        self.low = low
        self.high = high


class ChunkThread(AIOKafkaConsumerThread):
    """The thread in which aiokafka lives. `consumer` (the ChunkConsumer) owns the ledger and the bounds."""

    app: Any
    ledger: Ledger
    chunk_topics: Mapping[str, Pace | None]
    max_records: int
    max_bytes: int
    _wakeup: asyncio.Event | None = None

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._gathered: dict[Partition, Fetched] = {}
        self.left: Mapping[str, int] = {}

    def _create_worker_consumer(self, transport: Any) -> aiokafka.AIOKafkaConsumer:
        """Faust's consumer, but one that reads only what is committed and never jumps (`auto_offset_reset` none)."""
        conf = self.app.conf
        changelogs = bool(self.app.tables.changelog_topics)
        self._assignor = (
            self.app.assignor if conf.table_standby_replicas > 0 or changelogs else self.app.partition_assignor
        )
        return aiokafka.AIOKafkaConsumer(
            client_id=conf.broker_client_id,
            group_id=conf.id,
            group_instance_id=conf.consumer_group_instance_id,
            bootstrap_servers=server_list(transport.url, transport.default_port),
            partition_assignment_strategy=[self._assignor],
            enable_auto_commit=False,
            auto_offset_reset="none",
            isolation_level="read_committed",
            max_poll_records=conf.broker_max_poll_records,
            max_poll_interval_ms=int((conf.broker_max_poll_interval or 0) * 1000),
            max_partition_fetch_bytes=conf.consumer_max_fetch_size,
            fetch_max_wait_ms=FETCH_WAIT_MS,
            request_timeout_ms=int(conf.broker_request_timeout * 1000),
            check_crcs=conf.broker_check_crcs,
            session_timeout_ms=int(conf.broker_session_timeout * 1000),
            rebalance_timeout_ms=int(conf.broker_rebalance_timeout * 1000),
            heartbeat_interval_ms=int(conf.broker_heartbeat_interval * 1000),
            metadata_max_age_ms=conf.consumer_metadata_max_age_ms,
            connections_max_idle_ms=conf.consumer_connections_max_idle_ms,
            **credentials_to_aiokafka_auth(conf.broker_credentials, conf.ssl_context),
        )

    def wake(self) -> None:
        """A partition is free: look again at what is fetched. From any thread."""
        self._in_thread(self._set_wakeup)

    def rewind(self, where: Partition, offset: int) -> None:
        """Have the partition fetched from `offset` again, then free it in the ledger. From any thread."""
        self._in_thread(self._rewind, where, offset, self.ledger.assignment)

    def _in_thread(self, call: Any, *arguments: Any) -> None:
        loop = self.thread_loop
        if loop is not None and not loop.is_closed():
            loop.call_soon_threadsafe(call, *arguments)

    def _set_wakeup(self) -> None:
        if self._wakeup is not None:
            self._wakeup.set()

    def _rewind(self, where: Partition, offset: int, assignment: int) -> None:
        self._gathered.pop(where, None)
        if assignment == self.ledger.assignment and self._consumer is not None:
            try:
                self._consumer.seek(TopicPartition(*where), offset)
            except IllegalStateError:  # revoked meanwhile: the next owner starts at the committed offset anyway
                return
            self.ledger.free(where)

    async def _fetch_records(
        self,
        consumer: aiokafka.AIOKafkaConsumer,
        active_partitions: set[TP] | None,
        timeout: float | None = None,  # noqa: ASYNC109 (Faust's)
        max_records: int | None = None,
    ) -> Mapping[Any, list[Any]]:
        """A run of each free chunk partition that has any, and everything else as aiokafka gives it.

        Waits up to `timeout` seconds; while partitions are busy too, since who stops polling leaves the group.
        """
        fetcher = consumer._fetcher
        deadline = monotonic() + (timeout or 0.0)
        if self._wakeup is None:
            self._wakeup = asyncio.Event()
        with fetcher._subscriptions.fetch_context():
            while True:
                if not self.consumer.flow_active:
                    return {}
                if consumer._closed or fetcher._closed:
                    raise ConsumerStoppedError()
                self._wakeup.clear()
                found = await self._take_what_is_there(consumer, active_partitions, max_records)
                left = deadline - monotonic()
                if found or left <= 0:
                    return found
                await self._wait_for_more(fetcher, min(left, self._next_due()))

    async def _take_what_is_there(
        self, consumer: aiokafka.AIOKafkaConsumer, active: set[TP] | None, max_records: int | None
    ) -> dict[Any, list[Any]]:
        fetcher = consumer._fetcher
        if fetcher._subscriptions.reassignment_in_progress:
            return {}
        others = False
        rewinding = self.ledger.rewinding
        for where in list(fetcher._records):
            if where.topic not in self.chunk_topics:
                others = True
                continue
            if where in rewinding or (active is not None and where not in active):
                if not fetcher._subscriptions.is_assigned(where):
                    del fetcher._records[where]
                continue
            result = fetcher._records[where]
            if not isinstance(result, FetchResult):
                del fetcher._records[where]
                fetcher._notify(fetcher._wait_consume_future)
                await self._raise_fetch_error(consumer, result)
                continue
            held = self._gathered.get(where)
            room = self._bound(where) - self._gathered_beside(where)
            if held is not None and held.assignment == self.ledger.assignment and (held.full or held.size >= room):
                continue
            gathered = take(result, Partition(*where), self.ledger.assignment, self.max_records, room, held)
            if not result.has_more():
                del fetcher._records[where]
                fetcher._notify(fetcher._wait_consume_future)
            if gathered is not None:
                self._gathered[gathered.where] = gathered
        found: dict[Any, list[Any]] = {TP(*run.where): [run] for run in self._hand_on(active)}
        if others:
            wanted = {where for where in fetcher._records if where.topic not in self.chunk_topics}
            wanted &= active if active is not None else wanted
            if wanted:
                try:
                    found.update(await fetcher.fetched_records(wanted, timeout=0, max_records=max_records))
                except (OffsetOutOfRangeError, NoOffsetForPartitionError):  # not ours: Faust starts at the beginning
                    await consumer.seek_to_beginning(*(TopicPartition(*where) for where in wanted))
        return found

    def _hand_on(self, active: set[TP] | None) -> Iterator[Fetched]:
        """The runs that are to be handed on now."""
        now = monotonic()
        under_way, rewinding = self.ledger.under_way, self.ledger.rewinding
        busy = {self.chunk_topics[where.topic] for where in under_way}
        due: set[Pace] = set()
        full: set[Pace] = set()
        ready: list[Fetched] = []
        for where, run in list(self._gathered.items()):
            if run.assignment != self.ledger.assignment:
                del self._gathered[where]
                continue
            pace = self.chunk_topics[where.topic]
            if where in under_way or where in rewinding or (active is not None and TP(*where) not in active):
                continue
            ready.append(run)
            if pace is None or pace in busy or self._held_back(pace, now):
                continue
            if run.full or run.size + self._gathered_beside(where) >= self._bound(where):
                full.add(pace)
            if pace in full or pace.due_in(now) <= 0:
                due.add(pace)
        for run in ready:
            pace = self.chunk_topics[run.where.topic]
            if pace is None or pace in due:
                del self._gathered[run.where]
                yield run
        for pace in due:
            pace.last = now

    def _held_back(self, pace: Pace, now: float) -> bool:
        """Whether the agents before this one have much to do, and it is not too long ago that this one had its turn."""
        return now - pace.last < pace.patience and any(
            self.left.get(topic, 0) > may for topic, may in pace.after.items()
        )

    async def on_start(self) -> None:
        """As Faust does; beside it, look how much others have left, where an agent waits for them."""
        await super().on_start()
        waited_for = {topic for pace in self.chunk_topics.values() if pace is not None for topic in pace.after}
        if waited_for:
            self.add_future(self._look(waited_for))

    async def _look(self, topics: Collection[str]) -> None:
        """Every LOOK_SECONDS: how many messages of some topics the group has not committed. Nobody waits for what Kafka
        does not tell."""
        while not self.should_stop:
            try:
                self.left = await asyncio.wait_for(self._left(topics), COMMIT_SECONDS)
            except Exception as error:  # whatever it is, it is no reason to stop a worker
                self.log.info("Not known how much of %s is left: %r", sorted(topics), error)
                self.left = {}
            await asyncio.sleep(LOOK_SECONDS)

    async def _left(self, topics: Collection[str]) -> dict[str, int]:
        consumer = self._consumer
        if consumer is None or consumer._coordinator is None:
            return {}
        where = [
            TopicPartition(topic, number) for topic in topics for number in consumer.partitions_for_topic(topic) or ()
        ]
        ends = await consumer.end_offsets(where) if where else {}
        done = await consumer._coordinator.fetch_committed_offsets(where)
        left = dict.fromkeys(topics, 0)
        for one, end in ends.items():
            left[one.topic] += end - max(0, done[one].offset if one in done else 0)
        return left

    def _bound(self, where: Partition) -> int:
        """The most bytes that are handed on together with a partition's."""
        pace = self.chunk_topics[where.topic]
        return self.max_bytes if pace is None or pace.max_bytes is None else pace.max_bytes

    def _gathered_beside(self, where: Partition) -> int:
        """The bytes gathered of other partitions that are handed on together with one: all have one bound."""
        pace = self.chunk_topics[where.topic]
        if pace is None:
            return 0
        beside = (run for at, run in self._gathered.items() if at != where and self.chunk_topics[at.topic] is pace)
        return sum(run.size for run in beside)

    def _next_due(self) -> float:
        """Seconds until something that was gathered may be handed on, if nothing else happens."""
        now = monotonic()
        busy = {self.chunk_topics[where.topic] for where in self.ledger.under_way}
        paces = {self.chunk_topics[where.topic] for where in self._gathered} - busy
        # what is due and was not handed on waits for something else: its partition is paused, or being rewound
        return max(0.05, min((pace.due_in(now) for pace in paces if pace is not None), default=3600.0))

    async def _wait_for_more(self, fetcher: Any, seconds: float) -> None:
        assert self._wakeup is not None
        fetched = fetcher._create_fetch_waiter()
        freed = asyncio.ensure_future(self._wakeup.wait())
        try:
            await asyncio.wait([fetched, freed], timeout=seconds, return_when=asyncio.FIRST_COMPLETED)
            if fetched.done():
                fetched.result()  # errors of the group, such as a missing permission
        finally:
            fetched.cancel()
            freed.cancel()

    async def _raise_fetch_error(self, consumer: aiokafka.AIOKafkaConsumer, failed: Any) -> None:
        try:
            failed.check_raise()
        except OffsetOutOfRangeError as error:
            where, offset = next(iter(error.args[0].items()))
            raise await self._offset_lost(consumer, where, offset) from error
        except NoOffsetForPartitionError:
            return  # aiokafka looked before we did: seek_to_committed decides where such a partition starts

    async def _offset_lost(
        self, consumer: aiokafka.AIOKafkaConsumer, where: TopicPartition, offset: int | None
    ) -> OffsetLostError:
        low = (await consumer.beginning_offsets([where]))[where]
        high = (await consumer.end_offsets([where]))[where]
        return OffsetLostError(where.topic, where.partition, offset, low, high)

    async def seek_to_committed(self) -> Mapping[TP, int]:
        """Start every assigned partition at its committed offset, else at its beginning, which for ours must be 0.

        Raises OffsetLostError, here and not at some later fetch, when reading could only begin by leaving messages out.
        """
        positions: Mapping[TP, int] = await self.call_thread(self._seek_to_committed)
        return positions

    async def _seek_to_committed(self) -> Mapping[Any, Any]:
        consumer = self._ensure_consumer()
        self._gathered.clear()
        assigned = [TopicPartition(*where) for where in consumer.assignment()]
        if not assigned:
            return {}
        # in this order: a commit that comes in between must not look as if it lay behind the end
        commits = {where: await consumer.committed(where) for where in assigned}
        low = await consumer.beginning_offsets(assigned)
        high = await consumer.end_offsets(assigned)
        positions: dict[Any, Any] = {}
        for where, committed in commits.items():
            if where.topic in self.chunk_topics:
                lost = low[where] > 0 if committed is None else not low[where] <= committed <= high[where]
                if lost:
                    raise OffsetLostError(where.topic, where.partition, committed, low[where], high[where])
            position = low[where] if committed is None else committed
            consumer.seek(where, position)
            positions[where] = position if where.topic in self.chunk_topics else committed
        return positions

    async def commit_runs(self, offsets: Mapping[Partition, int], assignment: int) -> bool:
        """Commit for the generation under which the runs were fetched; False when the group has gone on since.

        A broker that does not answer within COMMIT_SECONDS counts as False too: the commit is tried again later.
        """
        done: bool = await self.call_thread(self._commit_runs, offsets, assignment)
        return done

    async def _commit_runs(self, offsets: Mapping[Partition, int], assignment: int) -> bool:
        consumer = self._ensure_consumer()
        if consumer._coordinator.generation != assignment:
            return False
        wanted = {TopicPartition(*where): OffsetAndMetadata(offset, "") for where, offset in offsets.items()}
        try:
            await asyncio.wait_for(consumer.commit(wanted), COMMIT_SECONDS)
        except (CommitFailedError, IllegalStateError) as error:
            self.log.info("Not committed, the group has rebalanced: %s", error)
            return False
        except (TimeoutError, KafkaError) as error:
            self.log.warning("Not committed, to be tried again: %r", error)
            return False
        return True
