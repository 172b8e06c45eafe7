"""States as link keeps them (MessagePack), cut at what differs between copies of a history.

A state is its pieces of text in a row, behind each of them what belongs there: the name of a record, the mark of the
copy, a time, or nothing. What is put in has a fixed length, so that the lengths that MessagePack says stay right.
"""

import re
from collections.abc import Sequence
from struct import pack
from typing import NamedTuple

from processors.linking.entries import ENTRY_DECODER, ENTRY_ENCODER, DecisionState, Entry, RecordState
from schemas.flow import NO_TIME, Key, Reason

NOTHING, MARK, TIME = 0, -1, -2
"""What is put behind a piece; a number from 1 upwards is the place of a name among the sorted names of its group."""

MARK_LENGTH = 7
_MARKED = "\x01" * MARK_LENGTH
_TEXT_OF_25 = b"\xb9"  # MessagePack's header of it: an id is `r` or `c` and 24 hexadecimal digits
_UNSIGNED = b"\xcf"  # and of a number in 8 bytes


class Pieces(NamedTuple):
    """`times` has the time (microseconds since 1970 UTC) where `puts` has TIME, otherwise 0."""

    texts: tuple[bytes, ...]
    puts: tuple[int, ...]
    times: tuple[int, ...]


def pieces(state: bytes, group: Sequence[str]) -> Pieces:
    """Cut an encoded state; `group`: the sorted names of all that it may name. Raises ValueError for a decision."""
    entry = _marked(ENTRY_DECODER.decode(state))
    times = {_packed(one.order.time_us) for one in entry.states if one.order.time_us != NO_TIME}
    cuts = b"|".join(
        [rb"(?P<mark>" + _MARKED.encode() + rb")", _TEXT_OF_25 + rb"[rc](?P<name>[0-9a-f]{24})"]
        + ([rb"(?P<time>" + b"|".join(map(re.escape, sorted(times))) + rb")"] if times else [])
    )
    encoded = ENTRY_ENCODER.encode(entry)
    texts, puts, numbers = [], [], []
    at = 0
    for found in re.finditer(cuts, encoded, re.DOTALL):
        what = found.lastgroup or ""
        start = found.start(what) + (1 if what == "time" else 0)
        texts.append(encoded[at:start])
        puts.append({"mark": MARK, "time": TIME}.get(what) or group.index(found[what].decode()) + 1)
        numbers.append(int.from_bytes(encoded[start : start + 8], "big") if what == "time" else 0)
        at = found.end(what)
    return Pieces((*texts, encoded[at:]), (*puts, NOTHING), (*numbers, 0))


def _packed(time_us: int) -> bytes:
    if time_us < 1 << 32:
        raise ValueError(f"time {time_us} is too near to 1970 for a fixed length")
    return _UNSIGNED + pack(">Q", time_us)


def _marked(entry: Entry) -> Entry:
    """The state with the mark of a copy, still empty, before whatever tells its case from others."""
    if isinstance(entry, DecisionState):
        raise ValueError("decisions are not copied")
    if not isinstance(entry, RecordState):
        return entry
    return with_mark(entry, _MARKED)


def with_mark(record: RecordState, mark: str) -> RecordState:
    """A record whose subject and identifiers begin with the mark of a copy."""
    reason = record.reason
    return RecordState(
        record.record_id, record.subject_id, record.kind, record.source, mark + record.subject, record.part,
        record.states, record.current, marked_keys(record.keys, mark), record.case_id,
        Reason(reason.key_kind, mark + reason.key_value, reason.with_record) if reason.key_kind else reason,
        record.people,
    )  # fmt: skip


def marked_keys(keys: Sequence[Key], mark: str) -> tuple[Key, ...]:
    """Identifiers of a copy. A mark before the value keeps their order."""
    return tuple(Key(key.kind, mark + key.value) for key in keys)
