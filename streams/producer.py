"""Sending to Kafka, for publishers and agents: idempotent, acknowledged by all replicas, and no message lost silently.

`send` queues and never blocks for the network, except to wait for room; `flush` returns only when every message is
durable, and raises otherwise. Also what one asks Kafka to know how far everyone is: end offsets, committed offsets.
"""

from collections.abc import Iterable, Mapping
from time import monotonic
from types import TracebackType
from typing import Any, Final, Self

from confluent_kafka import ConsumerGroupTopicPartitions, KafkaError, KafkaException, TopicPartition
from confluent_kafka import Producer as _KafkaProducer
from confluent_kafka.admin import AdminClient, OffsetSpec  # type: ignore[attr-defined]

from streams.topics import MESSAGE_MAX_BYTES

_AWAY: Final = frozenset({KafkaError._TRANSPORT, KafkaError._ALL_BROKERS_DOWN, KafkaError._TIMED_OUT})
_NO_OFFSET: Final = 0  # Kafka answers a negative number where a group has committed nothing


class DeliveryFailed(RuntimeError):  # noqa: N818 (says what happened)
    """A message was not stored: `topic`, `partition` (None when none was chosen yet), `error`, `failed` (how many)."""

    def __init__(self, topic: str, partition: int | None, error: str, failed: int = 1) -> None:
        where = topic if partition is None else f"{topic}[{partition}]"
        super().__init__(f"{failed} message(s) not delivered, the first to {where}: {error}")
        self.topic = topic
        self.partition = partition
        self.error = error
        self.failed = failed


class Producer:
    """A Kafka producer. One for a thread; bodies are never logged. Usable as a context manager (flushes at the end).

    After DeliveryFailed nothing is left in the queue: send what matters again, or start anew.
    """

    def __init__(self, bootstrap: str, *, linger_ms: int = 20, message_timeout: float = 120.0) -> None:
        """`message_timeout`: seconds until a message that cannot be stored counts as failed."""
        self._failures: list[tuple[str, int | None, str]] = []
        self._last_topic = ""
        self._producer: Any = _KafkaProducer(
            {
                "bootstrap.servers": bootstrap,
                "log_level": 0,  # librdkafka writes to standard error; what fails is told by `flush`
                "enable.idempotence": True,
                "acks": "all",
                "compression.type": "lz4",
                "linger.ms": linger_ms,
                "message.timeout.ms": int(message_timeout * 1000),
                "message.max.bytes": MESSAGE_MAX_BYTES,
                "queue.buffering.max.messages": 500_000,
                "queue.buffering.max.kbytes": 256 * 1024,
                "partitioner": "murmur2_random",  # as Kafka's own clients, so a key has one partition whoever sends
                "delivery.report.only.error": True,  # a call in Python for each message would halve the speed
                "on_delivery": self._on_failure,
            }
        )

    def _on_failure(self, error: Any, message: Any) -> None:
        if error is not None:
            self._failures.append((message.topic(), message.partition(), error.str()))

    def send(
        self,
        topic: str,
        key: bytes | None,
        value: bytes,
        partition: int | None = None,
        headers: Mapping[str, bytes] | None = None,
    ) -> None:
        """Queue one message; waits for room when the queue is full. Raises DeliveryFailed for one that can never go."""
        options: dict[str, Any] = {}
        if partition is not None:
            options["partition"] = partition
        if headers:
            options["headers"] = list(headers.items())
        while True:
            try:
                self._producer.produce(topic, value=value, key=key, **options)
            except BufferError:  # full: the broker is slower than we are, or away
                self._producer.poll(0.1)
            except KafkaException as error:
                raise DeliveryFailed(topic, partition, error.args[0].str()) from error
            else:
                self._last_topic = topic
                return

    def poll(self) -> None:
        """Notice failures early; `flush` does it anyway."""
        self._producer.poll(0)

    def flush(self, timeout: float = 180.0) -> None:
        """Return when all that was sent is stored by Kafka; DeliveryFailed when any was not, or time (s) ran out."""
        deadline = monotonic() + timeout
        left = self._producer.flush(max(0.0, deadline - monotonic()))
        if left:
            self._producer.purge()
            self._producer.flush(1.0)
        failures, self._failures = self._failures, []
        if failures:
            topic, partition, error = failures[0]
            raise DeliveryFailed(topic, partition, error, len(failures))
        if left:
            raise DeliveryFailed(self._last_topic, None, f"not stored within {timeout:g} s", left)

    def __len__(self) -> int:
        """Messages that are still on their way."""
        return len(self._producer)

    def __bool__(self) -> bool:
        return True

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, _: TracebackType | None) -> None:
        if kind is None:
            self.flush()


def is_away(error: KafkaException) -> bool:
    """Whether an error of Kafka's client passes when its servers are there again."""
    told = error.args[0]
    return bool(told.retriable()) or told.code() in _AWAY


def end_offsets(
    bootstrap: str, topics: Iterable[str], *, timeout: float = 30.0
) -> dict[tuple[str, int], tuple[int, int]]:
    """For each (topic, partition): the first offset that is there and the next that will be written.

    Topics that do not exist are left out. Raises KafkaException when Kafka does not answer.
    """
    admin = AdminClient({"bootstrap.servers": bootstrap, "log_level": 3})
    partitions = _partitions(admin, topics, timeout)
    if not partitions:
        return {}
    spec: Any = OffsetSpec
    low = admin.list_offsets({p: spec.earliest() for p in partitions}, request_timeout=timeout)
    high = admin.list_offsets({p: spec.latest() for p in partitions}, request_timeout=timeout)
    ends = {(p.topic, p.partition): future.result().offset for p, future in high.items()}
    return {(p.topic, p.partition): (future.result().offset, ends[p.topic, p.partition]) for p, future in low.items()}


def committed(
    bootstrap: str, group: str, topics: Iterable[str], *, timeout: float = 30.0
) -> dict[tuple[str, int], int | None]:
    """For each (topic, partition): the offset at which the group goes on; None where it has not committed any.

    The lag of a partition is its end offset less this.
    """
    admin = AdminClient({"bootstrap.servers": bootstrap, "log_level": 3})
    partitions = _partitions(admin, topics, timeout)
    if not partitions:
        return {}
    request = [ConsumerGroupTopicPartitions(group, partitions)]
    answer = admin.list_consumer_group_offsets(request, request_timeout=timeout)[group].result()
    return {(p.topic, p.partition): p.offset if p.offset >= _NO_OFFSET else None for p in answer.topic_partitions}


def _partitions(admin: Any, topics: Iterable[str], timeout: float) -> list[Any]:
    found = admin.list_topics(timeout=timeout).topics
    return [TopicPartition(name, number) for name in topics if name in found for number in found[name].partitions]
