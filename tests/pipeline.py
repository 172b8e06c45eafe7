"""The agents over a real Kafka and a real ClickHouse, without Faust: a test decides the chunks and where a step
fails. What an agent commits is the offset up to which its runs were processed."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from confluent_kafka import Consumer, TopicPartition

from clickhouse.store import Store
from streams.chunks import Step, no_step
from streams.epochs import epochs
from streams.link_agent import Linker
from streams.offsets import Record
from streams.people_agent import PeopleLinker
from streams.producer import Producer, end_offsets
from streams.project_agent import Projector
from streams.standardise_agent import Standardiser
from streams.topics import CASES, FEEDS, PEOPLE, RECORDS


@dataclass(frozen=True, slots=True)
class Chunk:
    """A run of messages of one partition."""

    topic: str
    partition: int
    records: Sequence[Record]
    is_current: bool = True

    @property
    def first_offset(self) -> int:
        return self.records[0].offset

    @property
    def next_offset(self) -> int:
        return self.records[-1].offset + 1


class Pipeline:
    """One worker's agents, driven by hand."""

    def __init__(
        self,
        store: Store,
        bootstrap: str,
        *,
        chunk: Callable[[], int] = lambda: 1_000,
        heads_per_message: int = 50,
        cached_records: int = 10_000,
        rescored_together: int = 2_000,
        on_step: Step = no_step,
    ) -> None:
        self.store = store
        self.bootstrap = bootstrap
        self.chunk = chunk
        self.heads_per_message = heads_per_message
        self.cached_records = cached_records
        self.rescored_together = rescored_together
        self.on_step = on_step
        self.committed: dict[tuple[str, int], int] = {}
        self.start()

    def start(self) -> None:
        """New agents, as after a take-over: nothing remembered."""
        found = epochs(self.store, self.bootstrap, (*FEEDS, RECORDS))
        cases = len(end_offsets(self.bootstrap, (CASES,)))
        self.standardiser = Standardiser(
            self.store, Producer(self.bootstrap), found, heads_per_message=self.heads_per_message, on_step=self.on_step
        )
        self.linker = Linker(
            self.store, Producer(self.bootstrap), found[RECORDS], case_partitions=cases, key_record_limit=100,
            cached_records=self.cached_records, on_step=self.on_step,
        )  # fmt: skip
        self.linker.fill_filters()
        self.projector = Projector(
            self.store, cached_records=self.cached_records, batch_bytes=400 * self.cached_records, on_step=self.on_step
        )
        self.projector.fill_filters()
        self.people = PeopleLinker(
            self.store, cached_records=self.cached_records, rescored_together=self.rescored_together,
            on_step=self.on_step,
        )  # fmt: skip
        self.people.fill_filters()

    def chunks(self, topics: Sequence[str]) -> Iterator[Chunk]:
        """What lies behind the committed offsets now, in chunks of the sizes that the test gives."""
        for (topic, partition), (low, high) in sorted(end_offsets(self.bootstrap, topics).items()):
            start = self.committed.get((topic, partition), low)
            messages = read(self.bootstrap, topic, partition, start, high)
            while messages:
                size = max(1, self.chunk())
                yield Chunk(topic, partition, messages[:size])
                messages = messages[size:]

    def run_standardise(self) -> None:
        self._run(FEEDS)

    def run_link(self) -> None:
        self._run((RECORDS,))

    def run_project(self) -> None:
        self._run((CASES,))

    def run_people(self) -> None:
        self._run((PEOPLE,))

    def _run(self, topics: Sequence[str]) -> None:
        for chunk in self.chunks(topics):
            self.process(chunk)
            self.committed[chunk.topic, chunk.partition] = chunk.next_offset

    def process(self, chunk: Chunk) -> None:
        """Have the agent that reads the topic process a chunk."""
        if chunk.topic == RECORDS:
            self.linker.process(chunk)
        elif chunk.topic == CASES:
            self.projector.process([chunk])
        elif chunk.topic == PEOPLE:
            self.people.process(chunk)
        else:
            self.standardiser.process([chunk])

    def run(self) -> None:
        """Everything that was published, to the end."""
        self.run_standardise()
        self.run_link()
        self.run_project()
        self.run_people()

    def tell_kafka(self, group: str) -> None:
        """Commit to Kafka what was processed, as a worker does."""
        consumer = Consumer({"bootstrap.servers": self.bootstrap, "group.id": group, "enable.auto.commit": False})
        offsets = [TopicPartition(topic, number, offset) for (topic, number), offset in self.committed.items()]
        consumer.commit(offsets=offsets, asynchronous=False)
        consumer.close()


def read(bootstrap: str, topic: str, partition: int, start: int, end: int) -> list[Record]:
    """The messages of a partition from `start` to before `end`."""
    if start >= end:
        return []
    consumer = Consumer(
        {"bootstrap.servers": bootstrap, "group.id": "tests-read", "enable.auto.commit": False,
         "isolation.level": "read_committed"}
    )  # fmt: skip
    consumer.assign([TopicPartition(topic, partition, start)])
    found: list[Record] = []
    try:
        while not found or found[-1].offset < end - 1:
            for message in consumer.consume(5_000, timeout=0.2):
                if message.error() is not None:
                    raise RuntimeError(str(message.error()))
                if message.offset() < end:
                    found.append(
                        Record(message.offset(), message.key(), message.value() or b"", message.timestamp()[1],
                               message.headers() or [])
                    )  # fmt: skip
    finally:
        consumer.close()
    return found
