"""Events -> the tables of standardise and link, over a real ClickHouse and without Kafka: one message after another."""

import itertools
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import orjson

from clickhouse.store import Store
from schemas.events import KINDS
from streams.link_agent import Linker
from streams.offsets import Record
from streams.people_agent import PeopleLinker
from streams.project_agent import Projector
from streams.standardise_agent import Standardiser
from streams.topics import CASES, FEEDS, PEOPLE, RECORDS

_offsets = itertools.count(1_000_000)
SOURCE = "test"


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


class Kept:
    """A sender that keeps the messages of one topic."""

    def __init__(self, topic: str) -> None:
        self.topic = topic
        self.messages: list[bytes] = []

    def send(self, topic: str, key: bytes | None, value: bytes, partition: int | None = None) -> None:
        if topic == self.topic:
            self.messages.append(value)

    def flush(self) -> None:
        return


class Both:
    """A sender that hands on to two."""

    def __init__(self, one: Kept, other: Kept) -> None:
        self._senders = (one, other)

    def send(self, topic: str, key: bytes | None, value: bytes, partition: int | None = None) -> None:
        for sender in self._senders:
            sender.send(topic, key, value, partition)

    def flush(self) -> None:
        return


def event(kind: str, subject: str, data: dict[str, Any], time: str = "2025-03-01T10:00:00Z") -> dict[str, Any]:
    """An event of a kind."""
    return {
        "specversion": "1.0", "id": f"{kind}/{subject}/{time}", "source": SOURCE, "type": kind, "subject": subject,
        "time": time, "data": data,
    }  # fmt: skip


def deleted(kind: str, subject: str, time: str) -> dict[str, Any]:
    """The deletion of a record."""
    return event("record.deleted", subject, {"kind": kind}, time)


def link_all(store: Store, events: Iterable[dict[str, Any]], limit: int = 100, *, project: bool = False) -> None:
    """Take the events into the tables, those of people too, each a message of its own; those of cases where they are to
    be projected."""
    told = [(one["data"]["kind"] if one["type"] == "record.deleted" else one["type"], one) for one in events]
    messages = [(KINDS[kind].agency, orjson.dumps(one)) for kind, one in told]
    accepted = take_all(store, messages, limit, project=project)
    assert accepted == len(messages), "an event was rejected"


def take_all(
    store: Store, messages: Iterable[tuple[str, bytes]], limit: int = 100, *, project: bool = True
) -> int:
    """Take messages of agencies' feeds into the tables, each by itself; how many of them are accepted."""
    heads, cases, people = Kept(RECORDS), Kept(CASES), Kept(PEOPLE)
    standardiser = Standardiser(store, heads, dict.fromkeys(FEEDS, 1), heads_per_message=1)
    for agency, message in messages:
        record = Record(next(_offsets), None, message, 0, ())
        standardiser.process([Chunk(f"feeds.{agency}", 0, [record])])
    linker = Linker(store, Both(cases, people), 1, case_partitions=1, key_record_limit=limit)
    if heads.messages:
        linker.process(Chunk("records", 0, _records(heads)))
    if people.messages:
        PeopleLinker(store).process(Chunk(PEOPLE, 0, _records(people)))
    if project and cases.messages:
        Projector(store).process([Chunk("cases", 0, _records(cases))])
    return len(heads.messages)


def _records(kept: Kept) -> list[Record]:
    return [Record(next(_offsets), None, value, 0, ()) for value in kept.messages]
