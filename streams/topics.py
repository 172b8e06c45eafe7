"""Every topic, declared once: partitions, retention, sizes; and the versions that the topic `records` gives.

`ensure` makes what is missing and reports what differs, and never alters a topic by itself. A version is
`epoch << 44 | offset`: comparable for ever, also after a topic was made anew, since its epoch then rises.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from time import monotonic, sleep
from typing import Any, Final

from confluent_kafka import KafkaError, KafkaException, TopicCollection
from confluent_kafka.admin import AdminClient, ConfigResource, NewTopic, ResourceType  # type: ignore[attr-defined]

MESSAGE_MAX_BYTES: Final = 8 * 1024 * 1024
"""The largest message, in bytes: the one place, for the broker, its topics, every producer and every consumer."""

FEEDS: Final = ("feeds.police", "feeds.cps", "feeds.hmcts", "feeds.hmpps", "feeds.casestream")
RECORDS: Final = "records"
CASES: Final = "cases"
PEOPLE: Final = "people"

_SENT: Final = (
    "change events of the police", "change events of the CPS", "change events of HMCTS", "change events of HMPPS",
    "people's decisions about linking",
)  # fmt: skip
"""What each feed topic holds."""

OFFSET_BITS: Final = 44
MAX_OFFSET: Final = (1 << OFFSET_BITS) - 1
MAX_EPOCH: Final = (1 << (64 - OFFSET_BITS)) - 1
_DAY_MS: Final = 24 * 3600 * 1000


class TopicError(RuntimeError):
    """A topic could not be made or described. `topic` names it, `reason` is Kafka's."""

    def __init__(self, topic: str, reason: str) -> None:
        super().__init__(f"topic {topic}: {reason}")
        self.topic = topic
        self.reason = reason


class VersionError(ValueError):
    """A number outside what a version can hold: `field` (epoch, offset or version), `value`, `rule`."""

    def __init__(self, field: str, value: int, rule: str) -> None:
        super().__init__(f"{field} {value}: {rule}")
        self.field = field
        self.value = value
        self.rule = rule


@dataclass(frozen=True, slots=True)
class Topic:
    """One topic as it should be. `retention_ms` -1 is for ever; `what` says what a message is, for the reference."""

    name: str
    partitions: int
    retention_ms: int
    what: str

    def config(self) -> dict[str, str]:
        """Kafka's own settings of the topic. Size never deletes anything: only time, or casestream itself."""
        return {
            "cleanup.policy": "delete",
            "retention.ms": str(self.retention_ms),
            "retention.bytes": "-1",
            "max.message.bytes": str(MESSAGE_MAX_BYTES),
            "compression.type": "producer",
        }


@dataclass(frozen=True, slots=True)
class Difference:
    """A topic that exists otherwise than declared: `setting` is `partitions`, one of Kafka's settings, or `topic` where
    it is missing."""

    topic: str
    setting: str
    wanted: str
    found: str


@dataclass(frozen=True, slots=True)
class Ensured:
    """What `ensure` made, and what it found that differs and left as it was."""

    created: tuple[str, ...]
    differences: tuple[Difference, ...]


@dataclass(frozen=True, slots=True)
class TopicEpoch:
    """The epoch of one incarnation of a topic, kept by the store: (topic, topic_id) -> epoch, from 1 upwards."""

    topic: str
    topic_id: str
    epoch: int


def declared(*, feed_partitions: int = 4, case_partitions: int = 4, feed_retention_days: int = 30) -> tuple[Topic, ...]:
    """All topics of casestream. `records` and `people` have one partition each: their one order is the design."""
    feeds = (
        Topic(name, feed_partitions, feed_retention_days * _DAY_MS, f"{what}, as they were sent")
        for name, what in zip(FEEDS, _SENT, strict=True)
    )
    return (
        *feeds,
        Topic(RECORDS, 1, -1, "heads of accepted events: the one national order of what is known"),
        Topic(CASES, case_partitions, -1, "changed cases, by case id"),
        Topic(
            PEOPLE, 1, -1,
            "changed facts about people, one message for each offset of records; and by which model they are scored",
        ),
    )


def ensure(
    bootstrap: str, topics: Iterable[Topic] | None = None, *, replication: int = -1, timeout: float = 30.0
) -> Ensured:
    """Make the topics that are missing; report those that differ, and leave them.

    `replication` -1 takes the broker's default. Raises TopicError when Kafka refuses, KafkaException when it does not
    answer within `timeout` seconds.
    """
    wanted = tuple(declared() if topics is None else topics)
    admin = AdminClient({"bootstrap.servers": bootstrap, "log_level": 3})
    found: Mapping[str, Any] = admin.list_topics(timeout=timeout).topics
    missing = [topic for topic in wanted if topic.name not in found]
    created, late = [], []
    if missing:
        new = [
            NewTopic(topic.name, num_partitions=topic.partitions, replication_factor=replication, config=topic.config())
            for topic in missing
        ]
        for name, future in admin.create_topics(new, request_timeout=timeout, operation_timeout=timeout).items():
            try:
                future.result()
                created.append(name)
            except KafkaException as error:  # another was first, and the broker asked had not heard of it
                if error.args[0].code() != KafkaError.TOPIC_ALREADY_EXISTS:
                    raise TopicError(name, str(error.args[0])) from error
                late.append(name)
    if late:
        found = _listed(admin, late, timeout)
    return Ensured(tuple(sorted(created)), tuple(_differences(admin, wanted, found, timeout)))


def _listed(admin: Any, names: Sequence[str], timeout: float) -> Mapping[str, Any]:
    """The topics that there are, once those named are among them, or the time is over."""
    deadline = monotonic() + timeout
    found: Mapping[str, Any] = admin.list_topics(timeout=timeout).topics
    while not set(names) <= set(found) and monotonic() < deadline:
        sleep(0.05)
        found = admin.list_topics(timeout=timeout).topics
    return found


def differences(bootstrap: str, topics: Iterable[Topic], *, timeout: float = 30.0) -> list[Difference]:
    """The topics that are missing or exist otherwise than declared; makes none. Raises as `ensure`."""
    wanted = tuple(topics)
    admin = AdminClient({"bootstrap.servers": bootstrap, "log_level": 3})
    found = admin.list_topics(timeout=timeout).topics
    missing = [Difference(topic.name, "topic", "there", "missing") for topic in wanted if topic.name not in found]
    return [*missing, *_differences(admin, wanted, found, timeout)]


def _differences(admin: Any, wanted: Sequence[Topic], found: Mapping[str, Any], timeout: float) -> list[Difference]:
    """How the topics that are there differ."""
    existing = [topic for topic in wanted if topic.name in found]
    partitions = [
        Difference(topic.name, "partitions", str(topic.partitions), str(len(found[topic.name].partitions)))
        for topic in existing
        if len(found[topic.name].partitions) != topic.partitions
    ]
    return [*partitions, *_config_differences(admin, existing, timeout)]


def _config_differences(admin: Any, topics: Sequence[Topic], timeout: float) -> list[Difference]:
    if not topics:
        return []
    by_name = {topic.name: topic for topic in topics}
    resources = [ConfigResource(ResourceType.TOPIC, name) for name in by_name]
    differences = []
    for resource, future in admin.describe_configs(resources, request_timeout=timeout).items():
        topic = by_name[resource.name]
        try:
            found = future.result()
        except KafkaException as error:
            raise TopicError(topic.name, str(error.args[0])) from error
        for setting, value in topic.config().items():
            if setting in found and found[setting].value != value:
                differences.append(Difference(topic.name, setting, value, str(found[setting].value)))
    return differences


def topic_ids(bootstrap: str, topics: Iterable[str] | None = None, *, timeout: float = 30.0) -> dict[str, str]:
    """The id that Kafka gave each topic when it was made; it changes when a topic is deleted and made anew.

    Raises TopicError for a topic that is not there.
    """
    names = list(topics) if topics is not None else [topic.name for topic in declared()]
    admin = AdminClient({"bootstrap.servers": bootstrap, "log_level": 3})
    ids = {}
    for name, future in admin.describe_topics(TopicCollection(names), request_timeout=timeout).items():
        try:
            ids[name] = str(future.result().topic_id)
        except KafkaException as error:
            raise TopicError(name, str(error.args[0])) from error
    return ids


def epoch_for(known: Sequence[TopicEpoch], topic: str, topic_id: str) -> TopicEpoch:
    """The epoch of this incarnation of the topic: the one that is known, or the next (the first is 1).

    The caller stores a new one before anything is written under it.
    """
    of_topic = [entry for entry in known if entry.topic == topic]
    for entry in of_topic:
        if entry.topic_id == topic_id:
            return entry
    epoch = max((entry.epoch for entry in of_topic), default=0) + 1
    if epoch > MAX_EPOCH:
        raise VersionError("epoch", epoch, f"at most {MAX_EPOCH}")
    return TopicEpoch(topic, topic_id, epoch)


def version(epoch: int, offset: int) -> int:
    """The version that an offset of `records` gives, as UInt64. Raises VersionError outside 0..MAX."""
    if not 0 <= epoch <= MAX_EPOCH:
        raise VersionError("epoch", epoch, f"0 to {MAX_EPOCH}")
    if not 0 <= offset <= MAX_OFFSET:
        raise VersionError("offset", offset, f"0 to {MAX_OFFSET}")
    return epoch << OFFSET_BITS | offset


def epoch_and_offset(version: int) -> tuple[int, int]:
    """The inverse of `version`."""
    if not 0 <= version < 1 << 64:
        raise VersionError("version", version, "an unsigned 64-bit number")
    return version >> OFFSET_BITS, version & MAX_OFFSET


def by_name(topics: Iterable[Topic]) -> Mapping[str, Topic]:
    """The topics by their names."""
    return {topic.name: topic for topic in topics}
