"""Faust with chunks: one Faust event is one fetched run of one partition, committed when our own flush says so.

    app = ChunkedApp("casestream", broker="kafka://127.0.0.1:9092", chunk_records=5_000, chunk_bytes=8_000_000)

    @app.agent(app.chunks("records"))
    async def link(stream):
        async for run in runs(stream):      # a streams.offsets.Run: run.records, run.done(), run.is_current
            ...                             # write, wait until it is durable
            run.done()

What holds, whatever the agent does:
- A partition has one run under way. The next comes when the agent has called `done()` (or `abandon()`, which has the
  same messages fetched again); meanwhile it is gathered. Other partitions go on, unless a `Pace` holds them together.
  Memory is bounded: two runs a partition, and what one fetch brings.
- Only `done()` moves the committed offset, to the run's `next_offset`. An agent that raises, is cancelled or is shut
  down has committed nothing of its run; when Faust starts it again, its unfinished runs are fetched again.
- Before partitions are given up, and at shutdown, runs in hand get `drain_seconds` to be done; then they are not
  current any more, and the next owner reads them again. `on_revoked` hooks run after that, `on_assigned` hooks before
  the first run of a new assignment.
- Reading starts at the committed offset, in a group without one at offset 0, and otherwise stops with OffsetLostError.
- Topics that `chunks()` did not declare go through Faust untouched.

An agent of a chunk topic has `concurrency=1`, and one agent reads a topic.
"""

import asyncio
import inspect
import os
import tempfile
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from pathlib import Path
from time import monotonic
from typing import Any, Final, cast

import faust
from aiokafka.coordinator.assignors.roundrobin import RoundRobinPartitionAssignor
from faust.transport.drivers.aiokafka import Consumer, Transport
from faust.types import TP, ConsumerMessage

from streams.fetching import COMMIT_SECONDS, ChunkThread, OffsetLostError
from streams.offsets import Ledger, Partition, Record, Run
from streams.pace import Pace
from streams.taking import Fetched

__all__ = [
    "ChunkConsumer", "ChunkTransport", "ChunkedApp", "OffsetLostError", "Pace", "Partition", "Record", "Run", "runs",
]  # fmt: skip

AssignmentHook = Callable[[frozenset[Partition]], Awaitable[None] | None]

FAUST_SETTINGS: Final[Mapping[str, Any]] = {
    "broker_session_timeout": 10.0,  # Faust's 60 would leave a dead worker's partitions alone for a minute
    "broker_heartbeat_interval": 3.0,
    "broker_commit_interval": 0.5,
    "stream_wait_empty": False,  # waits without end in the revoke callback; ours waits `drain_seconds`
    "stream_recovery_delay": 0.0,
    "topic_disable_leader": True,
    "table_standby_replicas": 0,  # no tables: `partition_assignor` assigns, and not Faust's own
    "store": "memory://",
}


class ChunkConsumer(Consumer):
    """Faust's consumer, with the offsets of chunk topics in a ledger of their own."""

    app: Any
    _thread: ChunkThread

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        self.ledger = Ledger(on_free=self._on_free, on_rewind=self._on_rewind)
        self._committing = asyncio.Lock()
        super().__init__(*args, **kwargs)

    def _new_consumer_thread(self) -> ChunkThread:
        thread = ChunkThread(self, loop=self.loop, beacon=self.beacon)
        thread.ledger = self.ledger
        thread.chunk_topics = dict(self.app.chunk_topics)
        thread.max_records = self.app.chunk_records
        thread.max_bytes = self.app.chunk_bytes
        return thread

    def _on_free(self, where: Partition) -> None:
        self._thread.wake()

    def _on_rewind(self, where: Partition, offset: int) -> None:
        self._thread.rewind(where, offset)

    async def _getmany(
        self,
        active_partitions: set[TP] | None,
        timeout: float,  # noqa: ASYNC109 (Faust's)
    ) -> Mapping[TP, list[Any]]:
        """What was fetched, less what does not follow on what was handed on before (then it is fetched again)."""
        found = dict(await super()._getmany(active_partitions, timeout))
        for where, records in list(found.items()):
            if len(records) != 1 or not isinstance(records[0], Fetched):
                continue
            fetched = records[0]
            if self.ledger.expected(fetched.where) is None and self.flow_active:
                # the seek of this assignment did not succeed (the broker was away): it must, before anything is read
                await self.perform_seek()
            if not self.ledger.follows(fetched.where, fetched.start_offset, fetched.assignment):
                del found[where]
                self.ledger.rewind(fetched.where)
            elif not fetched.records:
                del found[where]
                self.ledger.skip(fetched.where, fetched.start_offset, fetched.next_offset, fetched.assignment)
        return found

    def _to_message(self, tp: Any, record: Any) -> ConsumerMessage:
        if not isinstance(record, Fetched):
            return super()._to_message(tp, record)
        run = Run(
            self.ledger,
            record.where,
            record.records,
            start_offset=record.start_offset,
            next_offset=record.next_offset,
            size=record.size,
            assignment=record.assignment,
        )
        self.ledger.take(run)  # a run that is not taken is not current, and `runs` leaves it out
        first = record.records[0]
        message = ConsumerMessage(
            record.where.topic,
            record.where.partition,
            first.offset,
            first.timestamp / 1000.0,
            0,
            None,
            None,
            cast(Any, run),
            None,
            -1,
            record.size,
            TP(*record.where),
            generation_id=self.app.consumer_generation_id,
        )
        message.tracked = True  # Faust is not to wait for, or commit, what it believes to be one message
        return message

    def ack(self, message: Any) -> bool:
        """Faust acks in a `finally`, also for an agent that failed: that means nothing for a run."""
        if isinstance(message.value, Run):
            message.acked = True
            return False
        acked: bool = super().ack(message)
        return acked

    async def _add_gap(self, tp: Any, offset_from: int, offset_to: int) -> None:
        if tp.topic not in self.app.chunk_topics:
            await super()._add_gap(tp, offset_from, offset_to)

    def verify_event_path(self, now: float, tp: Any) -> None:
        """Faust's watchdogs judge by single messages; the lag of the group is our measure for chunk topics."""
        if tp.topic not in self.app.chunk_topics:
            super().verify_event_path(now, tp)

    async def perform_seek(self) -> None:
        """Start at the committed offsets. Whatever was under way is dropped: it will be read again."""
        await self.commit_runs()
        await super().perform_seek()

    async def seek_to_committed(self) -> Mapping[TP, int]:
        try:
            positions = await super().seek_to_committed()
        except OffsetLostError as error:
            self.log.critical("%s", error)
            await self.app.crash(error)
            raise
        ours = {Partition(*w): at for w, at in positions.items() if w.topic in self.app.chunk_topics and at is not None}
        self.ledger.position(ours)
        return {TP(*where): offset for where, offset in positions.items()}

    async def commit_runs(self) -> bool:
        """Commit the ends of all runs that are done; True when there is nothing left to commit."""
        async with self._committing:
            assignment, offsets = self.ledger.assignment, self.ledger.pending()
            if not offsets:
                return True
            try:
                done = await asyncio.wait_for(self._thread.commit_runs(offsets, assignment), 2 * COMMIT_SECONDS)
            except TimeoutError:
                return False
            except RuntimeError:
                if not self._thread.thread_loop.is_closed():
                    raise
                return False  # the thread has ended after a crash, and its loop with it
            except asyncio.CancelledError:
                task = asyncio.current_task()
                if task is not None and task.cancelling():
                    raise
                return False  # not we were cancelled, but the thread, which is ending after a crash
            if not done:
                return False
            self.ledger.committed(offsets, assignment)
            self.app.monitor.on_tp_commit({TP(*where): offset for where, offset in offsets.items()})
            return True

    async def force_commit(self, topics: Any = None, start_new_transaction: bool = True) -> bool:
        done: bool = await super().force_commit(topics, start_new_transaction)
        if self._thread._consumer is not None:
            done = await self.commit_runs() or done
        return done

    async def drain(self, seconds: float) -> None:
        """Give agents `seconds` to finish what they have in hand, then commit what is done."""
        deadline = monotonic() + seconds
        while self.ledger.started and monotonic() < deadline:  # noqa: ASYNC110 (done() may come from any thread)
            await asyncio.sleep(0.02)
        for run in self.ledger.started:
            self.log.info("Given up, not done in time: %r", run)
        await self.commit_runs()

    async def on_partitions_revoked(self, revoked: set[Any]) -> None:
        try:
            await super().on_partitions_revoked(revoked)  # stops the flow and drains, see ChunkedApp
        finally:
            self.ledger.revoke()
        await self._call_hooks(self.app.on_chunks_revoked, revoked)

    async def on_partitions_assigned(self, assigned: set[Any], generation_id: int = 0) -> None:
        self.ledger.assign(generation_id)
        await self._call_hooks(self.app.on_chunks_assigned, assigned)
        await super().on_partitions_assigned(assigned, generation_id)

    async def _call_hooks(self, hooks: list[AssignmentHook], partitions: set[Any]) -> None:
        ours = frozenset(Partition(*where) for where in partitions if where.topic in self.app.chunk_topics)
        for hook in hooks:
            try:
                answer = hook(ours)
                if inspect.isawaitable(answer):
                    await answer
            except Exception as error:  # an agent without its cache must not work
                self.log.exception("A hook for partitions failed: %r", error)
                await self.app.crash(error)


class ChunkTransport(Transport):
    """Faust's aiokafka transport with our consumer."""

    Consumer = ChunkConsumer


class ChunkedApp(faust.App):
    """A Faust app whose `chunks(topic)` are read in runs. Any Faust setting can be given, and wins over ours."""

    def __init__(
        self,
        id: str,  # noqa: A002 (Faust's name for it)
        *,
        chunk_records: int = 5_000,
        chunk_bytes: int = 8_000_000,
        drain_seconds: float = 3.0,
        **options: Any,
    ) -> None:
        """At most `chunk_records` and `chunk_bytes` (uncompressed) are in one run, but always one record."""
        self.chunk_topics: dict[str, Pace | None] = {}
        self.chunk_records = chunk_records
        self.chunk_bytes = chunk_bytes
        self.drain_seconds = drain_seconds
        self.partition_assignor: type[RoundRobinPartitionAssignor] = RoundRobinPartitionAssignor
        self.on_chunks_assigned: list[AssignmentHook] = []
        self.on_chunks_revoked: list[AssignmentHook] = []
        # Faust makes a folder for tables, of which we have none: not in the working directory
        folder = Path(tempfile.gettempdir()) / f"casestream-faust-{os.getuid()}"
        super().__init__(id, **{"datadir": str(folder), **FAUST_SETTINGS, **options})

    def chunks(self, *names: str, pace: Pace | None = None) -> Any:
        """The channel of topics that are read in runs; for `@app.agent(...)`. Declare before the app starts. Without a
        `pace` the partitions go their own ways, each as fast as it can."""
        self.chunk_topics.update(dict.fromkeys(names, pace))
        # raw and untyped: Faust hands the run on as it is; acks off: Faust keeps no offsets for the topic
        return self.topic(*names, key_serializer="raw", value_serializer="raw", acks=False)

    def _new_transport(self) -> Any:
        return ChunkTransport(self.conf.broker_consumer, self)

    async def _consumer_wait_empty(self, consumer: Any, logger: Any) -> None:
        """Called when partitions are revoked and at shutdown, with the flow stopped: the place to drain."""
        await super()._consumer_wait_empty(consumer, logger)
        if isinstance(consumer, ChunkConsumer):
            await consumer.drain(self.drain_seconds)

    async def _stop_consumer(self) -> None:
        await super()._stop_consumer()
        if isinstance(self._consumer, ChunkConsumer):
            self._consumer.ledger.revoke()  # drained and committed: what is still in hand now is not ours any more


async def runs(stream: Any) -> AsyncIterator[Run]:
    """The runs of an agent's stream, in the order of each partition; revoked ones are left out.

    Starting it means that the agent has none in hand: what an agent before it left unfinished is fetched again.
    """
    consumer = stream.app.consumer
    if isinstance(consumer, ChunkConsumer):
        consumer.ledger.abandon_topics(stream.channel.topics)
    async for run in stream.noack():
        if isinstance(run, Run) and run.is_current:
            run.started = True
            yield run
