"""How far everyone is: what was published, how much of it the workers have still to do, and whether all that was
there at one moment has reached the tables.

A worker commits a chunk when its outcome is durable: a feed's chunk when its heads are in `records`, a chunk of
`records` when its cases are in `cases` and its person facts in `people`, a chunk of those when its rows are in
ClickHouse. So the end of a topic is
asked for only after the topic before it is done, and what was published is then on its way to a known position.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from time import monotonic, sleep
from types import TracebackType
from typing import Any, Final, Self

from confluent_kafka import Consumer, KafkaError, KafkaException, TopicPartition
from confluent_kafka.admin import AdminClient

from streams.topics import CASES, FEEDS, PEOPLE, RECORDS

GROUP: Final = "casestream"
"""The consumer group of the workers."""

STAGES: Final[tuple[tuple[str, ...], ...]] = (FEEDS, (RECORDS,), (CASES, PEOPLE))
"""The topics in the order in which an event goes through them."""

_ASK_SECONDS: Final = 20.0
_RETRIES, _RETRY_SECONDS = 40, 0.25
_PASSING: Final = frozenset({
    KafkaError.NOT_LEADER_FOR_PARTITION, KafkaError.LEADER_NOT_AVAILABLE, KafkaError.UNKNOWN_TOPIC_OR_PART,
    KafkaError.COORDINATOR_NOT_AVAILABLE, KafkaError.COORDINATOR_LOAD_IN_PROGRESS, KafkaError.NOT_COORDINATOR,
})  # fmt: skip
"""Kafka's codes for what passes by itself within seconds of a topic's or a broker's start."""

Where = tuple[str, int]
"""A topic and a partition."""

Positions = Mapping[Where, int]
"""The offset that each partition has to be committed to."""


@dataclass(frozen=True, slots=True)
class Lag:
    """Messages of a topic: `published` ever, in this incarnation of the topic, and how many are still to be done."""

    published: int
    lag: int


@dataclass(frozen=True, slots=True)
class Waiting:
    """Where a wait is: the topics that it waits for, how many of their messages are still to be done."""

    topics: tuple[str, ...]
    left: int

    @property
    def name(self) -> str:
        """The topics in a word or two."""
        return "the feeds" if self.topics == FEEDS else " and ".join(self.topics)


class Watch:
    """Looks at topics and at how far a group is, without ever joining it. A context manager; one connection.

    It asks as a consumer does (librdkafka's admin client, asked about a group while its coordinator was being found,
    was seen to crash), and again for a few seconds where Kafka says that a leader or a coordinator is not known yet.
    Raises KafkaException when Kafka does not answer."""

    def __init__(self, bootstrap: str, group: str = GROUP) -> None:
        self._bootstrap = bootstrap
        self._group = group
        self._consumer: Any = Consumer(
            {"bootstrap.servers": bootstrap, "group.id": group, "enable.auto.commit": False, "log_level": 3}
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, _: TracebackType | None) -> None:
        self._consumer.close()

    def ends(self, topics: Iterable[str]) -> dict[Where, tuple[int, int]]:
        """The first offset that is there and the next that will be written, by partition; topics that do not exist
        are left out."""
        found = self._consumer.list_topics(timeout=_ASK_SECONDS).topics
        where = [(topic, number) for topic in topics if topic in found for number in found[topic].partitions]
        return {one: _asked(self._consumer.get_watermark_offsets, TopicPartition(*one)) for one in where}

    def committed(self, where: Iterable[Where]) -> dict[Where, int]:
        """The offset at which the group goes on; 0 where it has not committed any."""
        asked = [TopicPartition(topic, partition) for topic, partition in where]
        answer = _asked(self._consumer.committed, asked) if asked else []
        return {(one.topic, one.partition): max(0, one.offset) for one in answer}

    def lags(self) -> dict[str, Lag]:
        """Published and lag by topic."""
        topics = [topic for stage in STAGES for topic in stage]
        ends = self.ends(topics)
        done = self.committed(ends)
        found = {topic: Lag(0, 0) for topic in topics}
        for (topic, partition), (low, high) in ends.items():
            before = found[topic]
            left = max(0, high - max(low, done[topic, partition]))
            found[topic] = Lag(before.published + high, before.lag + left)
        return found

    def positions(self, topics: Iterable[str]) -> dict[Where, int]:
        """The ends of the topics now: what a reader has to commit to have done all that is there."""
        return {where: high for where, (low, high) in self.ends(topics).items() if high > low}

    def remaining(self, wanted: Positions) -> int:
        """How many messages before the wanted positions are not committed yet."""
        done = self.committed(wanted)
        return sum(max(0, position - done[where]) for where, position in wanted.items())

    def wait_until_stored(
        self,
        timeout: float,
        on_progress: Callable[[Waiting], None] = lambda _: None,
        stages: Sequence[tuple[str, ...]] = STAGES,
    ) -> Waiting | None:
        """Return None when all that was published when this was called is in the tables, as far as `stages` lead there,
        else, after `timeout` seconds, where it stopped."""
        deadline = monotonic() + timeout
        for stage in stages:
            wanted = self.positions(stage)
            pause = 0.1
            while wanted:
                at = Waiting(stage, self.remaining(wanted))
                on_progress(at)
                if at.left == 0:
                    break
                if monotonic() >= deadline:
                    return at
                sleep(min(pause, max(0.0, deadline - monotonic())))
                pause = min(pause * 1.5, 0.5)
        return None


def _asked(question: Callable[..., Any], about: object) -> Any:
    for _ in range(_RETRIES):
        try:
            return question(about, timeout=_ASK_SECONDS)
        except KafkaException as error:
            if error.args[0].code() not in _PASSING:
                raise
            sleep(_RETRY_SECONDS)
    return question(about, timeout=_ASK_SECONDS)


class Members:
    """Looks at who is in a group."""

    def __init__(self, bootstrap: str, group: str = GROUP) -> None:
        with Watch(bootstrap, group) as watch:  # finds the group's coordinator, which an admin does not wait for
            watch.committed(watch.ends((RECORDS,)))
        self._group = group
        self._admin: Any = AdminClient({"bootstrap.servers": bootstrap, "log_level": 3})

    def count(self) -> int:
        """How many members the group has once it is settled; 0 while it is rebalancing or not there. Raises
        KafkaException."""
        found = self._admin.describe_consumer_groups([self._group], request_timeout=_ASK_SECONDS)[self._group].result()
        return len(found.members) if found.state.name == "STABLE" else 0
