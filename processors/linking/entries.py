"""A record and a subject as link knows them: what its memory holds and `link_records` keeps, in MessagePack."""

from hashlib import blake2b
from typing import NamedTuple

import msgspec

from processors.standardise.identifiers.kinds import ATTACHING_KINDS, INCLUDE
from schemas.events import KINDS
from schemas.flow import Key, Reason, State

MULTI_PART_KINDS = frozenset({"court.hearing"})
"""Kinds whose state holds several records (parts). For all others the subject is the record."""


class RecordState(msgspec.Struct, array_like=True, tag="r", gc=False):
    """A record as link knows it. `keys` are those of the current state, empty when there is none; `case_id` is
    empty then too. `states` are in their own order, the current one last. `people` is the digest of what the current
    state says of people, empty where it says nothing.

    A new state is a new object; only its place is changed in it, while its message is applied and nobody else has it
    (`Touched.place`)."""

    record_id: str
    subject_id: str
    kind: str
    source: str
    subject: str
    part: str
    states: tuple[State, ...]
    current: bool
    keys: tuple[Key, ...]
    case_id: str
    reason: Reason
    people: bytes = b""

    def is_anchor(self) -> bool:
        """Whether the record has an identifier that joins, so that others may be attached to it."""
        return any(key.kind not in ATTACHING_KINDS for key in self.keys)


class SubjectState(msgspec.Struct, frozen=True, array_like=True, tag="s", gc=False):
    """A subject whose state has parts: its accepted states and the parts of the highest one."""

    subject_id: str
    states: tuple[State, ...]
    parts: tuple[str, ...]


class HeldOut(NamedTuple):
    """An identifier of one record that is not followed, since it would bring together what is to be kept apart."""

    record_id: str
    key: Key


class DecisionState(msgspec.Struct, frozen=True, array_like=True, tag="d", gc=False):
    """What a person decided about two records (`named`, the lesser first; none when the decision is withdrawn).
    `verdict`: include or exclude. `held_out`: what an exclude keeps from linking now, in its order."""

    record_id: str
    kind: str
    source: str
    subject: str
    states: tuple[State, ...]
    verdict: str
    named: tuple[str, ...]
    held_out: tuple[HeldOut, ...]

    @property
    def key(self) -> Key:
        """The identifier that an include gives both its records."""
        return Key(INCLUDE, self.record_id)

    def other(self, record_id: str) -> str:
        """The record that the decision names beside one."""
        first, second = self.named
        return second if record_id == first else first


Entry = RecordState | SubjectState | DecisionState
ENTRY_ENCODER = msgspec.msgpack.Encoder()
ENTRY_DECODER: msgspec.msgpack.Decoder[Entry] = msgspec.msgpack.Decoder(Entry)

NO_REASON = Reason("", "", "")

RANKS = {name: kind.rank for name, kind in KINDS.items()}


def rank(record: RecordState) -> tuple[int, str]:
    """The fixed order by which the least record of a component names its case."""
    return RANKS[record.kind], record.record_id


def digest_of(said: bytes) -> bytes:
    """By what a record's state says of people one state is told from another; empty where it says nothing."""
    return blake2b(said, digest_size=12).digest() if said else b""
