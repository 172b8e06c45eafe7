"""Which offsets may be committed: the arithmetic of runs, with no Kafka in it.

A run is what one fetch gave of one partition. At most one run of a partition is under way; its partition is `busy`
until the run is done (its end may be committed) or dropped (it never is). Every assignment begins with nothing
under way, so a run of an earlier assignment can change nothing any more.
"""

import threading
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Final, NamedTuple

NO_ASSIGNMENT: Final = -1


class Partition(NamedTuple):
    """A topic and a partition; equal to, and hashed as, Faust's TP and Kafka's TopicPartition."""

    topic: str
    partition: int


class Record(NamedTuple):
    """One message as it was read. `timestamp` in milliseconds since 1970, UTC; a missing value is empty."""

    offset: int
    key: bytes | None
    value: bytes
    timestamp: int
    headers: Sequence[tuple[str, bytes]]


class Run:
    """One fetched run of one partition, in order. The agent calls `done()` when all of it is durable.

    `first_offset` and `last_offset` are those of its first and last record; the committed offset becomes
    `next_offset`, which also lies behind what nobody sees (transaction markers, aborted or compacted messages).
    `assignment` is the consumer group's generation under which it was fetched.
    """

    __slots__ = ("_ledger", "assignment", "next_offset", "records", "size", "start_offset", "started", "where")

    def __init__(
        self,
        ledger: "Ledger",
        where: Partition,
        records: list[Record],
        *,
        start_offset: int,
        next_offset: int,
        size: int,
        assignment: int,
    ) -> None:
        self._ledger = ledger
        self.where = where
        self.records = records
        self.start_offset = start_offset
        self.next_offset = next_offset
        self.size = size
        self.assignment = assignment
        self.started = False

    @property
    def topic(self) -> str:
        return self.where.topic

    @property
    def partition(self) -> int:
        return self.where.partition

    @property
    def first_offset(self) -> int:
        return self.records[0].offset

    @property
    def last_offset(self) -> int:
        return self.records[-1].offset

    @property
    def is_current(self) -> bool:
        """False once the partition was revoked, or the run done or abandoned: its flush should then be dropped."""
        return self._ledger.is_current(self)

    def done(self) -> bool:
        """All of the run is durable: its offsets may be committed. False, and no effect, if it is not current."""
        return self._ledger.done(self)

    def abandon(self) -> bool:
        """Give the run up: nothing of it is committed, and it will be fetched again. False if it is not current."""
        return self._ledger.abandon(self)

    def __len__(self) -> int:
        return len(self.records)

    def __repr__(self) -> str:
        return f"<Run {self.topic}[{self.partition}] {self.start_offset}..{self.next_offset - 1}: {len(self)} records>"


def _nothing(_: Partition) -> None:
    pass


class Ledger:
    """What is under way, done and committed in the present assignment. Every method may be called from any thread.

    `on_free` is called when a partition may be fetched from again, `on_rewind` when its fetching must first go back to
    an offset (and then `free` it).
    """

    def __init__(
        self,
        on_free: Callable[[Partition], None] = _nothing,
        on_rewind: Callable[[Partition, int], None] = lambda where, offset: None,
    ) -> None:
        self._lock = threading.RLock()
        self._on_free = on_free
        self._on_rewind = on_rewind
        self._under_way: dict[Partition, Run] = {}
        self._rewinding: set[Partition] = set()
        self._next: dict[Partition, int] = {}
        self._committable: dict[Partition, int] = {}
        self._committed: dict[Partition, int] = {}
        self.assignment = NO_ASSIGNMENT

    @property
    def under_way(self) -> frozenset[Partition]:
        """Partitions of which a run is under way: no other may be handed on."""
        with self._lock:
            return frozenset(self._under_way)

    @property
    def rewinding(self) -> frozenset[Partition]:
        """Partitions that are being rewound: what is fetched of them now is not what comes next."""
        with self._lock:
            return frozenset(self._rewinding)

    @property
    def started(self) -> tuple[Run, ...]:
        """Runs that an agent has in hand."""
        with self._lock:
            return tuple(run for run in self._under_way.values() if run.started)

    def assign(self, assignment: int) -> None:
        """A new assignment: nothing is under way, and nothing is known until `position` says so."""
        with self._lock:
            self.assignment = assignment
            for known in (self._under_way, self._rewinding, self._next, self._committable, self._committed):
                known.clear()

    def revoke(self) -> None:
        """The assignment is over: its runs are not current any more."""
        self.assign(NO_ASSIGNMENT)

    def position(self, positions: Mapping[Partition, int]) -> None:
        """Reading (re)starts at these offsets; what was under way there is dropped."""
        with self._lock:
            for where, offset in positions.items():
                self._under_way.pop(where, None)
                self._rewinding.discard(where)
                self._committable.pop(where, None)
                self._next[where] = offset
                self._committed[where] = offset

    def follows(self, where: Partition, start_offset: int, assignment: int) -> bool:
        """Whether what was fetched from `start_offset` is what comes next: else it is not to be handed on."""
        with self._lock:
            return (
                assignment == self.assignment != NO_ASSIGNMENT
                and where not in self._under_way
                and where not in self._rewinding
                and self._next.get(where) == start_offset
            )

    def expected(self, where: Partition) -> int | None:
        """The offset at which the next run of the partition has to start."""
        with self._lock:
            return self._next.get(where)

    def take(self, run: Run) -> bool:
        """The run is handed on: its partition is busy now. False if it is not what comes next."""
        with self._lock:
            if not self.follows(run.where, run.start_offset, run.assignment):
                return False
            self._under_way[run.where] = run
            self._next[run.where] = run.next_offset
            return True

    def skip(self, where: Partition, start_offset: int, next_offset: int, assignment: int) -> bool:
        """A fetch held nothing to read (markers, aborted messages): go past it, and let it be committed."""
        with self._lock:
            if not self.follows(where, start_offset, assignment):
                return False
            self._next[where] = next_offset
            self._committable[where] = next_offset
            return True

    def is_current(self, run: Run) -> bool:
        with self._lock:
            return self._under_way.get(run.where) is run

    def done(self, run: Run) -> bool:
        with self._lock:
            if self._under_way.get(run.where) is not run:
                return False
            del self._under_way[run.where]
            self._committable[run.where] = run.next_offset
        self._on_free(run.where)
        return True

    def abandon(self, run: Run) -> bool:
        with self._lock:
            if self._under_way.get(run.where) is not run:
                return False
            del self._under_way[run.where]
            self._rewinding.add(run.where)
            self._next[run.where] = run.start_offset
        self._on_rewind(run.where, run.start_offset)
        return True

    def abandon_topics(self, topics: Iterable[str]) -> int:
        """Abandon every run of these topics that is under way; how many there were."""
        wanted = frozenset(topics)
        with self._lock:
            runs = [run for run in self._under_way.values() if run.topic in wanted]
        return sum(self.abandon(run) for run in runs)

    def rewind(self, where: Partition) -> None:
        """What was fetched did not follow: have the partition fetched again from where it should go on."""
        with self._lock:
            offset = self._next.get(where)
            if offset is None or where in self._under_way or where in self._rewinding:
                return
            self._rewinding.add(where)
        self._on_rewind(where, offset)

    def free(self, where: Partition) -> None:
        """The rewinding that `on_rewind` was asked for has happened."""
        with self._lock:
            self._rewinding.discard(where)
        self._on_free(where)

    def pending(self) -> dict[Partition, int]:
        """Offsets to commit: the ends of what is done, where they are not committed yet. They never go back."""
        with self._lock:
            return {w: offset for w, offset in self._committable.items() if offset > self._committed.get(w, -1)}

    def committed(self, offsets: Mapping[Partition, int], assignment: int) -> None:
        """Kafka has these offsets now."""
        with self._lock:
            if assignment == self.assignment:
                self._committed.update(offsets)
