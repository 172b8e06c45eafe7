"""The messages between our own agents, and what each of them knows of a record: MessagePack, typed by msgspec.

    feeds.*  --standardise-->  records: Heads  --link-->  cases: CaseChanges  --project-->  the case tables
                                               --link-->  people (schemas.person_facts)  -->  the tables of people

Identifiers of records and cases are text: `r` and `c` before the same 24 hexadecimal digits, so that a case id names
the record that it is called after (design, principle 5).
"""

import re
from hashlib import blake2b
from typing import NamedTuple

import msgspec


class Order(NamedTuple):
    """Where a state stands among the states of its subject. Greatest is current. `sequence` is zero-padded when
    the source numbers its states and empty otherwise; `time_us` is the source's time in microseconds since 1970
    UTC, or NO_TIME; `tie` is the event's id, or the content's digest where there is no time; `digest` the content's."""

    sequence: str
    time_us: int
    tie: str
    digest: str


NO_TIME = -(2**62)
"""The time of a state that carries none: before every timed state (decisions, section 2)."""


class Key(NamedTuple):
    """A canonical case identifier: its kind (`urn`, `asn`, `crime_ref` ...) and value."""

    kind: str
    value: str


class EventRef(NamedTuple):
    """Where an event is in the archive: its message of the feed topics."""

    topic: str
    epoch: int
    partition: int
    offset: int


class Part(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """One record within a state: for most kinds the only one, for a hearing day one a case."""

    record_id: str
    part: str
    keys: tuple[Key, ...]
    body: bytes
    """The standardised state, JSON."""
    people: bytes = b""
    """What the state says of people: `schemas.person_facts.PeopleFacts` in MessagePack, empty where it says nothing."""


class Head(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """What standardise says about one accepted event. `deleted` heads have no parts; neither has an empty hearing."""

    subject_id: str
    kind: str
    source: str
    subject: str
    order: Order
    deleted: bool
    parts: tuple[Part, ...]
    event: EventRef


class Heads(msgspec.Struct, frozen=True, array_like=True):
    """One message of the topic `records`: heads in the order in which standardise met them, or cases that somebody
    wants projected again (`casestream reproject`)."""

    heads: tuple[Head, ...]
    reproject: tuple[str, ...] = ()


class State(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """One accepted state of a record; its body is in `record_states`, or travels along to project."""

    order: Order
    deleted: bool
    body: bytes | None = None


class Reason(NamedTuple):
    """Why a record is in its case: the identifier that it shares, and with which record nearer to the case's name;
    empty for the record that names the case."""

    key_kind: str
    key_value: str
    with_record: str


class Member(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """A record of a case: its accepted states, oldest first, and why it belongs. The last state is the current one."""

    record_id: str
    kind: str
    source: str
    subject: str
    part: str
    states: tuple[State, ...]
    reason: Reason


class CaseChange(msgspec.Struct, frozen=True, array_like=True):
    """A case as of one offset of `records`. A case that ceases to exist has no members. `anew`: all its rows are to be
    written, whatever was written before."""

    case_id: str
    members: tuple[Member, ...]
    anew: bool = False


class CaseChanges(msgspec.Struct, frozen=True, array_like=True):
    """One message of the topic `cases`: the cases of its partition that one offset of `records` changed."""

    version: int
    changes: tuple[CaseChange, ...]


HEADS_ENCODER = msgspec.msgpack.Encoder()
HEADS_DECODER = msgspec.msgpack.Decoder(Heads)


_CASE_ID = re.compile(r"c[0-9a-f]{24}")
_RECORD_ID = re.compile(r"r[0-9a-f]{24}")


def _hash(*parts: str) -> str:
    return blake2b("\x1f".join(parts).encode(), digest_size=12).hexdigest()


def subject_id(source: str, kind: str, subject: str) -> str:
    """The id of a subject, and of its record where the kind has no parts: a function of what it stands for."""
    return "r" + _hash(source, kind, subject)


def part_id(subject: str, part: str) -> str:
    """The id of a record that is one part of a subject's state."""
    return "r" + _hash(subject, part)


def case_id_of(record_id: str) -> str:
    """The id of the case that is called after a record."""
    return "c" + record_id[1:]


def is_case_id(text: str) -> bool:
    """Whether a text has the form of a case id."""
    return _CASE_ID.fullmatch(text) is not None


def is_record_id(text: str) -> bool:
    """Whether a text has the form of a record id."""
    return _RECORD_ID.fullmatch(text) is not None


def record_id_of(case_id: str) -> str:
    """The record that a case is, or was, called after: an old case id leads to the case where it is now."""
    return "r" + case_id[1:]
