"""A simulated history, standardised and linked once by the worker's own agents: the rows that they wrote, and the
corrections that come a month later.

The corrections are the history's own: the last state of a record that has several, held back. It says something else
than the state before and carries the same identifiers, so the record stays in its case. There is one for each group of
records that anything ties together, so that no correction finds at hand what another has looked up.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from bench.stages import Chunk, Kept, feeds
from processors.linking.entries import MULTI_PART_KINDS
from schemas.flow import HEADS_DECODER, HEADS_ENCODER, Head, Heads
from schemas.linking import LINK_DECISION
from streams.link_agent import Linker
from streams.offsets import Record
from streams.standardise_agent import Standardiser
from streams.topics import FEEDS, RECORDS

EPOCH = 1
_HEADS_A_MESSAGE = 100
_MESSAGES_A_CHUNK = 20
ID = re.compile(rb"[rc]([0-9a-f]{24})")

Columns = dict[str, list[Any]]


@dataclass(frozen=True, slots=True)
class History:
    """`rows` by table and column; `groups`: the ids (24 hexadecimal digits) of all that an id is tied to, itself among
    them, sorted; `messages` of the topic records; `heads` of what was linked; `corrections` in the order of arrival."""

    rows: Mapping[str, Columns]
    groups: Mapping[str, tuple[str, ...]]
    messages: int
    records: int
    heads: Sequence[Head]
    corrections: Sequence[Head]


class Captured(Kept):
    """Keeps what would be inserted."""

    def __init__(self) -> None:
        super().__init__()
        self.columns: dict[str, Columns] = defaultdict(lambda: defaultdict(list))

    def insert(self, table: str, columns: Mapping[str, Sequence[Any]]) -> None:
        super().insert(table, columns)
        for name, values in columns.items():
            self.columns[table][name].extend(values)


def heads_of(events: int, seed: int, store: Kept | None = None) -> list[Head]:
    """A simulated history as the Standardiser tells it; its rows go into `store`."""
    kept = Kept() if store is None else store
    rows: Any = kept
    standardiser = Standardiser(rows, kept, dict.fromkeys(FEEDS, EPOCH))
    for runs in feeds(events, seed):
        standardiser.process(runs)
    return [head for message in kept.sent[RECORDS][0] for head in HEADS_DECODER.decode(message.value).heads]


def messages_of(heads: Sequence[Head], first_offset: int, heads_a_message: int) -> list[Record]:
    """Heads as messages of the topic records."""
    return [
        Record(first_offset + number, None, HEADS_ENCODER.encode(Heads(tuple(heads[at : at + heads_a_message]))), 0, ())
        for number, at in enumerate(range(0, len(heads), heads_a_message))
    ]


def link_once(heads: Sequence[Head], heads_a_message: int = _HEADS_A_MESSAGE) -> tuple[Captured, int]:
    """Link some heads from nothing; what the Linker wrote, and how many messages they were."""
    written: Any = Captured()
    linker = Linker(written, Kept(), EPOCH, case_partitions=1, cached_records=10 * len(heads))
    for thread in linker.fill_filters():
        thread.join()
    messages = messages_of(heads, 0, heads_a_message)
    for at in range(0, len(messages), _MESSAGES_A_CHUNK):
        linker.process(Chunk(RECORDS, 0, messages[at : at + _MESSAGES_A_CHUNK]))
    captured: Captured = written
    return captured, len(messages)


def history(events: int, seed: int) -> History:
    """Make it. Raises ValueError where something was held out of linking: copies of that are not made."""
    standardised = Captured()
    told = heads_of(events, seed, standardised)
    later = dict(_later(told))
    before = [head for number, head in enumerate(told) if number not in later]
    written, messages = link_once(before)
    if held_out := {"held_out_keys", "held_out_links"} & written.columns.keys():
        raise ValueError(f"the history has {', '.join(sorted(held_out))}")
    groups = _groups(written)
    corrections = list(_one_a_group(later.values(), groups))
    rows = {**written.columns, "record_states": _without(standardised.columns["record_states"], later.values())}
    records = len(set(written.columns["linked_records"]["record_id"]))
    return History(rows, groups, messages, records, before, corrections)


def _later(heads: Sequence[Head]) -> Iterator[tuple[int, Head]]:
    """Heads to be held back, by their number: the last one of a record, changed, with the identifiers as before."""
    of_subject: dict[str, list[int]] = defaultdict(list)
    for number, head in enumerate(heads):
        if head.kind not in MULTI_PART_KINDS and head.kind != LINK_DECISION:
            of_subject[head.subject_id].append(number)
    for numbers in of_subject.values():
        states = [heads[number] for number in numbers]
        if len(states) < 2 or any(state.deleted for state in states):
            continue
        *others, last = states
        before = max(others, key=lambda state: state.order)
        if (
            last.order > before.order
            and last.order.digest not in {state.order.digest for state in others}
            and last.parts[0].keys
            and last.parts[0].keys == before.parts[0].keys
        ):
            yield numbers[-1], last


def _groups(written: Captured) -> dict[str, tuple[str, ...]]:
    """What is tied together by whatever the Linker wrote of it."""
    above: dict[object, object] = {}

    def top(one: object) -> object:
        while (over := above.setdefault(one, one)) != one:
            above[one] = one = above[over]
        return one

    def tie(ids: Iterable[object]) -> None:
        tops = [top(one) for one in ids]
        for one in tops[1:]:
            above[top(one)] = top(tops[0])

    states = written.columns["link_records"]
    for record_id, state in zip(states["record_id"], states["state"], strict=True):
        tie([record_id[1:], *(found.decode() for found in ID.findall(state))])
    keys = written.columns["link_keys"]
    for record_id, key_hash in zip(keys["record_id"], keys["key_hash"], strict=True):
        tie([record_id[1:], key_hash])
    members: dict[object, list[str]] = defaultdict(list)
    for one in above:
        if isinstance(one, str):
            members[top(one)].append(one)
    return {one: group for ids in members.values() for group in (tuple(sorted(ids)),) for one in group}


def _one_a_group(heads: Iterable[Head], groups: Mapping[str, tuple[str, ...]]) -> Iterator[Head]:
    met: set[str] = set()
    for head in heads:
        first = groups[head.subject_id[1:]][0]
        if first not in met:
            met.add(first)
            yield head


def _without(states: Columns, later: Iterable[Head]) -> Columns:
    """The bodies without those of the heads that are held back."""
    gone = {(head.subject_id, head.order.digest) for head in later}
    ids = zip(states["record_id"], states["digest"], strict=True)
    kept = [number for number, one in enumerate(ids) if one not in gone]
    return {name: [values[number] for number in kept] for name, values in states.items()}
