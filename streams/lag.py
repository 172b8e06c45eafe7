"""How far everyone is: what was published, how much of it the workers have still to do, and whether all that was
there at one moment has reached the tables.

A worker commits a chunk when its outcome is durable: a feed's chunk when its heads are in `records`, a chunk of
`records` when its cases are in `cases`, a chunk of `cases` when its rows are in ClickHouse. So the end of a topic is
asked for only after the topic before it is done, and what was published is then on its way to a known position.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from time import monotonic, sleep
from typing import Final, TypeVar

from confluent_kafka import KafkaError, KafkaException
from confluent_kafka.admin import AdminClient

from streams.producer import committed, end_offsets
from streams.topics import CASES, FEEDS, RECORDS

GROUP: Final = "casestream"
"""The consumer group of the workers."""

STAGES: Final[tuple[tuple[str, ...], ...]] = (FEEDS, (RECORDS,), (CASES,))
"""The topics in the order in which an event goes through them."""

_RETRIES, _RETRY_SECONDS = 20, 0.25
_PASSING: Final = frozenset({
    KafkaError.NOT_LEADER_FOR_PARTITION, KafkaError.LEADER_NOT_AVAILABLE, KafkaError.UNKNOWN_TOPIC_OR_PART,
    KafkaError.COORDINATOR_NOT_AVAILABLE, KafkaError.COORDINATOR_LOAD_IN_PROGRESS, KafkaError.NOT_COORDINATOR,
})  # fmt: skip
"""Kafka's codes for what passes by itself within seconds."""

Positions = Mapping[tuple[str, int], int]
"""The offset that each (topic, partition) has to be committed to."""


@dataclass(frozen=True, slots=True)
class Lag:
    """Messages of a topic: `published` ever, in this incarnation of the topic, and how many are still to be done."""

    published: int
    lag: int


def lags(bootstrap: str, group: str = GROUP) -> dict[str, Lag]:
    """By topic. Raises KafkaException when Kafka does not answer."""
    topics = [topic for stage in STAGES for topic in stage]
    ends = _asked(lambda: end_offsets(bootstrap, topics))
    done = _asked(lambda: committed(bootstrap, group, topics))
    found = {topic: Lag(0, 0) for topic in topics}
    for (topic, partition), (low, high) in ends.items():
        at = done.get((topic, partition))
        before = found[topic]
        found[topic] = Lag(before.published + high, before.lag + max(0, high - max(low, at or 0)))
    return found


def positions(bootstrap: str, topics: Iterable[str]) -> dict[tuple[str, int], int]:
    """The ends of the topics now: what a reader has to commit to have done all that is there."""
    names = tuple(topics)
    return {where: high for where, (low, high) in _asked(lambda: end_offsets(bootstrap, names)).items() if high > low}


def remaining(bootstrap: str, wanted: Positions, group: str = GROUP) -> int:
    """How many messages before the wanted positions are not committed yet."""
    topics = sorted({topic for topic, _ in wanted})
    done = _asked(lambda: committed(bootstrap, group, topics))
    return sum(max(0, position - (done.get(where) or 0)) for where, position in wanted.items())


@dataclass(frozen=True, slots=True)
class Waiting:
    """Where a wait is: the topics that it waits for, how many of their messages are still to be done."""

    topics: tuple[str, ...]
    left: int


def wait_until_stored(
    bootstrap: str,
    timeout: float,
    *,
    group: str = GROUP,
    on_progress: Callable[[Waiting], None] = lambda _: None,
) -> Waiting | None:
    """Return None when all that was published when this was called is in the tables, else, after `timeout` seconds,
    where it stopped."""
    deadline = monotonic() + timeout
    for stage in STAGES:
        wanted = positions(bootstrap, stage)
        pause = 0.1
        while wanted:
            at = Waiting(stage, remaining(bootstrap, wanted, group))
            on_progress(at)
            if at.left == 0:
                break
            if monotonic() >= deadline:
                return at
            sleep(min(pause, max(0.0, deadline - monotonic())))
            pause = min(pause * 1.5, 0.5)
    return None


T = TypeVar("T")


def _asked(question: Callable[[], T]) -> T:
    """Ask Kafka, again for a few seconds while it says that it is not ready: a topic that was just made, a
    coordinator that is being found."""
    for _ in range(_RETRIES):
        try:
            return question()
        except KafkaException as error:
            if error.args[0].code() not in _PASSING:
                raise
            sleep(_RETRY_SECONDS)
    return question()


def group_members(bootstrap: str, group: str = GROUP, *, timeout: float = 10.0) -> int:
    """How many members a group has once it is settled; 0 while it is rebalancing or not there."""
    admin = AdminClient({"bootstrap.servers": bootstrap, "log_level": 3})
    found = admin.describe_consumer_groups([group], request_timeout=timeout)[group].result()
    return len(found.members) if found.state.name == "STABLE" else 0
