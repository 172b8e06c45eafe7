"""Messages of `cases` -> which cases they change, in batches, and what of each case has to be projected.

A chunk is large, so of a message at first only the names of its cases are read, and a change when its batch comes.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

import msgspec

from schemas.flow import CaseChange, CaseChanges
from streams.case_rows import Projected
from streams.chunks import Run

Bodies = dict[tuple[str, str], bytes]
"""Bodies by record and digest."""


class Message(NamedTuple):
    """A change of a case, not read yet. `exact`: another worker may have written rows as of it."""

    version: int
    exact: bool
    change: msgspec.Raw


class Change(NamedTuple):
    """A change of a case that was read."""

    version: int
    exact: bool
    change: CaseChange


class _Named(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """Of a CaseChange only which case it is."""

    case_id: str


_MESSAGE_DECODER = msgspec.msgpack.Decoder(tuple[int, tuple[msgspec.Raw, ...]])
_NAMED_DECODER = msgspec.msgpack.Decoder(_Named)
_CHANGE_DECODER = msgspec.msgpack.Decoder(CaseChange)


def told_by_case(runs: Sequence[Run], others_end: Mapping[int, int]) -> dict[str, list[Message]]:
    """The messages of each case."""
    told: dict[str, list[Message]] = {}
    for run in runs:
        for message in run.records:
            version, changes = _MESSAGE_DECODER.decode(message.value)
            exact = message.offset < others_end[run.partition]
            for change in changes:
                told.setdefault(_NAMED_DECODER.decode(change).case_id, []).append(Message(version, exact, change))
    return told


def batches(told: Mapping[str, list[Message]], size: int) -> Iterator[dict[str, list[Message]]]:
    """The cases, in parts whose last messages have about so many bytes."""
    batch: dict[str, list[Message]] = {}
    held = 0
    for case_id, messages in told.items():
        batch[case_id] = messages
        held += len(messages[-1].change)
        if held >= size:
            yield batch
            batch, held = {}, 0
    if batch:
        yield batch


def read_changes(messages: Iterable[Message], bodies: Bodies) -> list[Change]:
    """The changes of one case. The bodies that travel along are put to the others: also with a message that is not
    projected itself comes what a later one needs."""
    changes = []
    for version, exact, told in messages:
        change = _CHANGE_DECODER.decode(told)
        changes.append(Change(version, exact, change))
        for member in change.members:
            for state in member.states:
                if state.body is not None:
                    bodies[member.record_id, state.order.digest] = state.body
    return changes


def to_project(messages: list[Change], before: Projected) -> list[tuple[int, CaseChange]]:
    """The messages of one case that have to be projected, in the order of their versions: the last, and before it every
    one as of which another worker may have written, so that no row of a step in between is missed. A linker that
    woke up late sends old versions again: what this assignment is past is left out."""
    done = before.version if before.ours else -1
    if len(messages) == 1:
        (only,) = messages
        return [(only.version, only.change)] if only.version > done else []
    by_version = sorted({message.version: message for message in messages if message.version > done}.items())
    chosen = [
        (version, message.change)
        for at, (version, message) in enumerate(by_version, start=1)
        if message.exact or at == len(by_version)
    ]
    if any(message.change.anew for _version, message in by_version):  # also when one that is passed over asked for it
        chosen = [(version, CaseChange(change.case_id, change.members, True)) for version, change in chosen]
    return chosen


assert CaseChanges.__struct_fields__ == ("version", "changes"), "project reads CaseChanges field by field"
assert CaseChange.__struct_fields__[0] == "case_id"
