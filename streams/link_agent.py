"""The agent link: heads -> which state counts, which case each record belongs to. One ordered partition.

For each chunk: look up, as of the chunk's first offset, what is not at hand; apply message by message; write state
rows, then readers' rows, then the messages to `cases` and `people`, each under the version of its offset; then the
commit. What an offset does depends on the offsets before it alone, so a repeat, a take-over or a stale worker writes
the same.
"""

import logging
from collections.abc import Sequence
from threading import Thread
from zlib import crc32

import msgspec

from clickhouse.queries import read
from clickhouse.store import Store
from processors.linking.link import link
from processors.linking.memory import Memory, NotAtHandError
from processors.linking.needs import named
from processors.linking.touched import LinkStep
from schemas.flow import HEADS_DECODER, CaseChange, CaseChanges, EventRef, Head, Heads, is_case_id
from schemas.person_facts import CHANGES_ENCODER, PeopleChanges
from streams.chunks import Run, Sender, Step, no_step
from streams.inserting import Inserts
from streams.link_memory import LinkMemory
from streams.link_rows import LinkRows
from streams.topics import PEOPLE, version

logger = logging.getLogger(__name__)

_MESSAGE_BYTES = 1_000_000
"""A message to `cases` is closed when it is this large."""

READY = 16
"""One in so many of the records that are kept is ready for use, the others are packed."""


class Linker:
    """One assignment of the partition of `records`: its memory lives as long. `epoch`: that of the topic."""

    def __init__(
        self,
        store: Store,
        sender: Sender,
        epoch: int,
        *,
        case_partitions: int,
        key_record_limit: int = 500,
        cached_records: int = 50_000,
        on_step: Step = no_step,
    ) -> None:
        self._store = store
        self._sender = sender
        self._epoch = epoch
        self._case_partitions = case_partitions
        self._limit = key_record_limit
        self._cached_records = cached_records
        self._on_step = on_step
        self._known = LinkMemory(store, key_record_limit)
        self._memory = self._known.memory
        self._poison: set[EventRef] = set()
        self._encoder = msgspec.msgpack.Encoder()
        self._inserts = Inserts(store, "link")

    def fill_filters(self) -> tuple[Thread, ...]:
        """Start to read what exists at all; until that is done ClickHouse is asked for all. Gives the threads that
        read."""
        return self._known.fill_filters()

    def process(self, run: Run) -> None:
        """Apply a run of messages and make the outcome durable; the caller commits afterwards. When it raises, the
        memory is as it was before."""
        chunk = [(message.offset, HEADS_DECODER.decode(message.value)) for message in run.records]
        below = version(self._epoch, run.first_offset)
        try:
            steps = self._apply(chunk, below)
            self._flush(steps)
        except BaseException:
            self._memory.rollback()
            raise
        self._memory.commit()
        self._memory.forget(self._cached_records // READY, self._cached_records)

    def _apply(self, chunk: Sequence[tuple[int, Heads]], below: int) -> list[tuple[int, LinkStep]]:
        needs = named(
            (head for _offset, told in chunk for head in told.heads),
            (case_id for _offset, told in chunk for case_id in _asked(told)),
        )
        self._known.load(needs, below, everything=False)
        while True:
            try:
                return [
                    (
                        version(self._epoch, offset),
                        link(self._memory, self._sound(told.heads), self._limit, _asked(told)),
                    )
                    for offset, told in chunk
                ]
            except NotAtHandError:
                self._memory.rollback()
                self._known.load(needs, below, everything=True)
            except Exception as error:
                self._memory.rollback()
                heads = [head for _at, told in chunk for head in self._sound(told.heads)]
                poison = [head for head in heads if _fails_alone(head, self._limit)]
                if not poison:
                    raise  # it fails only among others: nothing may be left out, so the worker stops
                logger.exception("link rejects %d event(s) that make it fail alone", len(poison))
                self._reject(poison, error)

    def _sound(self, heads: Sequence[Head]) -> Sequence[Head]:
        """The heads without those that are rejected."""
        return [head for head in heads if head.event not in self._poison] if self._poison else heads

    def _reject(self, poison: Sequence[Head], error: Exception) -> None:
        """An event that fails alone against an empty state fails so at every repeat: it is rejected, the rest goes
        on."""
        self._poison.update(head.event for head in poison)
        for head in poison:
            reason = f"our code fails on it: {type(error).__name__}"
            self._store.command(read("reject_of_link"), {**head.event._asdict(), "reason": reason})

    def _flush(self, steps: Sequence[tuple[int, LinkStep]]) -> None:
        rows = LinkRows()
        for at, step in steps:
            rows.take(at, step)
        self._known.exist(rows.entry_ids, rows.key_hashes)
        for tables in (("link_records", "link_keys"), ("linked_records", "held_out_keys", "held_out_links")):
            self._inserts.together((table, rows.columns(table)) for table in tables)
            self._on_step(f"link.{tables[0]}")
        for at, step in steps:
            self._send(at, step.cases)
            if step.people:
                told = PeopleChanges(at, tuple(step.people.values()))
                self._sender.send(PEOPLE, None, CHANGES_ENCODER.encode(told), 0)
        self._sender.flush()
        self._on_step("link.cases")

    def _send(self, at: int, cases: Sequence[CaseChange]) -> None:
        """The cases that one offset changed, by partition; a case keeps to its partition for ever."""
        by_partition: dict[int, list[CaseChange]] = {}
        for case in cases:
            by_partition.setdefault(partition_of(case.case_id, self._case_partitions), []).append(case)
        for partition, changes in sorted(by_partition.items()):
            message: list[msgspec.Raw] = []
            size = 0
            for change in changes:
                encoded = self._encoder.encode(change)
                if message and size + len(encoded) > _MESSAGE_BYTES:
                    self._send_message(partition, at, message)
                    message, size = [], 0
                message.append(msgspec.Raw(encoded))
                size += len(encoded)
            self._send_message(partition, at, message)

    def _send_message(self, partition: int, at: int, changes: Sequence[msgspec.Raw]) -> None:
        value = self._encoder.encode((at, changes))
        self._sender.send("cases", None, value, partition)


def _asked(told: Heads) -> Sequence[str]:
    """The cases that a message wants projected again; what is no case id is left out."""
    return [case_id for case_id in told.reproject if is_case_id(case_id)]


def _fails_alone(head: Head, limit: int) -> bool:
    """Whether an event makes link fail against an empty state."""
    memory = Memory()
    for part in head.parts:
        for key in part.keys:
            memory.know_tie(key)
    try:
        link(memory, [head], limit)
    except Exception:
        return True
    return False


def partition_of(case_id: str, partitions: int) -> int:
    """The partition of a case in the topic `cases`."""
    return crc32(case_id.encode()) % partitions


assert CaseChanges.__struct_fields__ == ("version", "changes"), "link encodes CaseChanges field by field"
