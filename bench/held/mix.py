"""What is measured: first records of new cases alone, then nine of them to one correction of a record held.

A chunk is one message of heads, as under load; the history of the new cases is another than that of the records held.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import cycle

from bench.held.copies import MONTH_US, Copies
from bench.held.history import heads_of, messages_of
from bench.stages import Chunk
from schemas.flow import Head, Key
from streams.topics import RECORDS

NEW_TO_A_CORRECTION = 9


@dataclass(frozen=True, slots=True)
class Correction:
    """A head of a copy, and what the record was called before."""

    copy: int
    original: str
    head: Head


@dataclass(frozen=True, slots=True)
class Mix:
    """The chunks, how many heads are in each kind of them, the corrections among them, and what is new: ids and
    identifiers that nothing held has."""

    alone: Sequence[Chunk]
    mixed: Sequence[Chunk]
    heads_alone: int
    heads_mixed: int
    corrections: Sequence[Correction]
    new_ids: frozenset[str]
    new_keys: frozenset[Key]


def mix(copies: Copies, corrections: Sequence[Head], alone: int, mixed: int, together: int, seed: int) -> Mix:
    """So many records alone and so many mixed, `together` in a chunk. Raises ValueError where the history has too few
    corrections."""
    wanted = mixed // (NEW_TO_A_CORRECTION + 1)
    if len(corrections) < wanted:
        raise ValueError(f"{wanted} corrections wanted, the history has {len(corrections)}: a larger one is needed")
    needed = alone + mixed - wanted
    # few of a simulated history's events are rejected, so a little more than needed are enough
    new = heads_of(needed + needed // 50 + 100, seed)[:needed]
    places = cycle(copies.a_month_ago())
    corrected = [
        Correction(copy, head.subject_id, copies.head(head, copy, later_us=MONTH_US))
        for copy, head in zip(places, corrections[:wanted], strict=False)
    ]
    both = list(_mixed(new[alone:], [one.head for one in corrected]))
    first = messages_of(new[:alone], copies.end_offset, together)
    second = messages_of(both, copies.end_offset + len(first), together)
    return Mix(
        [Chunk(RECORDS, 0, [message]) for message in first],
        [Chunk(RECORDS, 0, [message]) for message in second],
        alone, len(both), corrected,
        frozenset(one for head in new for one in (head.subject_id, *(part.record_id for part in head.parts))),
        frozenset(key for head in new for part in head.parts for key in part.keys),
    )  # fmt: skip


def _mixed(new: Sequence[Head], corrections: Sequence[Head]) -> Iterator[Head]:
    rest = iter(new)
    for correction in corrections:
        for _ in range(NEW_TO_A_CORRECTION):
            yield next(rest)
        yield correction
    yield from rest
