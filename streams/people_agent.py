"""The agent people: changed person facts -> who is who. One ordered partition, the topic `people`.

For each chunk: look up, as of the version of its first message, what is not at hand; apply message by message; write
state rows, then readers' rows, then how far all is durable; then the commit. What a message does depends on those with
lesser versions alone, so a repeat, a take-over or a stale worker writes the same rows under the same versions.

link may send a message again, and a linker that was replaced may send old ones. Messages come first in the order of
their versions, and none is left out; so one whose version is not above what is done already is a repeat, and is passed
over. A successor reads from `people_progress` up to which version that is.
"""

import logging
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor

from clickhouse.store import Store
from processors.people.blocking import BlockingRules
from processors.people.clustering import Change, People
from processors.people.scoring.pairs import PairScorer, ReadyRecord
from processors.people.told import TellingMemory, ToldStep
from schemas.person_facts import CHANGES_DECODER, PeopleChanges
from streams.chunks import Run, Step, no_step
from streams.people_rows import MEMORY, READERS, PeopleRows
from streams.people_store import PeopleStore

logger = logging.getLogger(__name__)

_KEYS_A_RECORD = 8
"""Blocking keys that are kept at hand for each record that is."""


class PeopleLinker:
    """One assignment of the partition of `people`: its memory lives as long. `model_name`: what the scorer's model is
    called in the rows. `cached_records`: person records at hand between chunks, some 10 KB each with their keys."""

    def __init__(
        self,
        store: Store,
        scorer: PairScorer,
        model_name: str,
        *,
        cached_records: int = 5_000,
        on_step: Step = no_step,
    ) -> None:
        self._store = store
        self._scored = (model_name, scorer.snapshot.name)
        self._cached_records = cached_records
        self._on_step = on_step
        self._known = PeopleStore(store)
        self._told = TellingMemory(self._known)
        self._people: People[ReadyRecord] = People(scorer, BlockingRules.of(scorer.model), elsewhere=self._known)
        self._done: int | None = None
        self._inserts = ThreadPoolExecutor(max_workers=4, thread_name_prefix="people-insert")

    def fill_filters(self) -> None:
        """Start to read which records and keys exist."""
        self._known.fill_filters()

    def process(self, run: Run) -> None:
        """Apply a run of messages and make the outcome durable; the caller commits afterwards. When it raises, nothing
        is remembered: what is in ClickHouse below the next chunk stands."""
        if self._done is None:
            self._done = self._known.done()
        chunk: list[PeopleChanges] = []
        done = self._done
        for message in run.records:
            told = CHANGES_DECODER.decode(message.value)
            if told.version > done:
                chunk.append(told)
                done = told.version
        if not chunk:
            return
        self._known.below = chunk[0].version
        try:
            self._flush(chunk)
        except BaseException:
            self._told.clear()
            self._people.forget_all()
            raise
        self._done = done
        self._told.forget(self._cached_records)
        self._people.forget(self._cached_records, self._cached_records * _KEYS_A_RECORD)

    def _apply(self, told: PeopleChanges) -> tuple[ToldStep, Change]:
        step = self._told.apply(told.changes)
        self._people.prefetch(step.records)
        return step, self._people.apply(step.records, step.decisions, step.taken_back)

    def _flush(self, chunk: Sequence[PeopleChanges]) -> None:
        rows = PeopleRows(*self._scored)
        for told in chunk:
            rows.take(told.version, *self._apply(told))
        self._known.known_ids.add(rows.ids)
        self._known.known_keys.add(rows.key_hashes)
        for tables, step in ((MEMORY, "people.memory"), (READERS, "people.rows")):
            inserts = [
                self._inserts.submit(self._store.insert, table, columns)
                for table in tables
                if (columns := rows.columns(table))
            ]
            for insert in inserts:
                insert.result()
            self._on_step(step)
        self._store.insert("people_progress", {"done": [chunk[-1].version]})
        self._on_step("people.progress")
