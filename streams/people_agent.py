"""The agent people: changed person facts -> who is who. One ordered partition, the topic `people`.

For each chunk: look up, as of the version of its first message, what is not at hand; apply message by message; write
state rows, then readers' rows, then how far all is durable; then the commit. What a message does depends on those with
lesser versions alone, so a repeat, a take-over or a stale worker writes the same rows under the same versions.

link may send a message again, and a linker that was replaced may send old ones. Messages come first in the order of
their versions, and none is left out; so one whose version is not above what is done already is a repeat, and is passed
over. A successor reads from `people_progress` up to which version that is.

A message may also say by what people are scored from there on: everybody is scored anew then, before the next message.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from clickhouse.store import Store
from processors.people.blocking import BlockingRules
from processors.people.clustering import Change, People
from processors.people.scoring.pairs import ReadyRecord
from processors.people.told import TellingMemory, ToldStep
from schemas.person_facts import CHANGES_DECODER, PeopleChanges, UseScoring
from streams.chunks import Run, Step, no_step
from streams.people_model import Standing, kept, scorer_of, scoring_of, standing
from streams.people_rescoring import Rescorer
from streams.people_rows import PeopleRows
from streams.people_store import PeopleStore
from streams.people_writer import PeopleWriter

_KEYS_A_RECORD = 8
"""Blocking keys that are kept at hand for each record that is."""


@dataclass(slots=True)
class _Live:
    """Who is who under the scoring in force: what it is called in rows, and how far the messages are done."""

    scored: tuple[int, str, str]
    people: People[ReadyRecord]
    done: int


class PeopleLinker:
    """One assignment of the partition of `people`: its memory lives as long. `cached_records`: person records at hand
    between chunks, some 10 KB each with their keys; `rescored_together`: so many in a step when all are scored anew."""

    def __init__(
        self,
        store: Store,
        *,
        cached_records: int = 5_000,
        rescored_together: int = 2_000,
        on_step: Step = no_step,
    ) -> None:
        self._store = store
        self._cached_records = cached_records
        self._on_step = on_step
        self._known = PeopleStore(store)
        self._told = TellingMemory(self._known)
        self._writer = PeopleWriter(store, self._known, on_step)
        self._rescorer = Rescorer(
            store, self._known, self._writer, on_step, together=rescored_together, cached=cached_records,
            keys_a_record=_KEYS_A_RECORD,
        )  # fmt: skip
        self._live: _Live | None = None

    def fill_filters(self) -> None:
        """Start to read which records and keys exist."""
        self._known.fill_filters()

    def process(self, run: Run) -> None:
        """Apply a run of messages and make the outcome durable; the caller commits afterwards. When it raises, nothing
        is remembered: what is in ClickHouse below the next chunk stands."""
        try:
            live = self._live = self._live or self._take_up()
            chunk: list[PeopleChanges] = []
            done = live.done
            for message in run.records:
                told = CHANGES_DECODER.decode(message.value)
                if told.use is not None:
                    self._flush(live, chunk)
                    chunk = []
                    if told.use.number > live.scored[0]:
                        live = self._live = self._rescored(live, told.use, run)
                elif told.version > done:
                    chunk.append(told)
                    done = told.version
            self._flush(live, chunk)
        except BaseException:
            self._told.clear()
            self._live = None
            raise

    def _take_up(self) -> _Live:
        number, done = standing(self._store)
        scoring = scoring_of(self._store, number)
        scorer = scorer_of(self._store, scoring)
        self._known.scoring = number
        people = People(scorer, BlockingRules.of(scorer.model), elsewhere=self._known)
        return _Live((number, scoring.model, scorer.snapshot.name), people, done)

    def _rescored(self, live: _Live, use: UseScoring, run: Run) -> _Live:
        new = kept(self._store, use.number, use.digest)
        scorer = scorer_of(self._store, new)
        people = self._rescorer.rescore(Standing(live.scored[0], live.done), new, scorer, lambda: run.is_current)
        return _Live((new.number, new.model, scorer.snapshot.name), people, live.done)

    def _apply(self, people: People[ReadyRecord], told: PeopleChanges) -> tuple[ToldStep, Change]:
        step = self._told.apply(told.changes)
        people.prefetch(step.records)
        return step, people.apply(step.records, step.decisions, step.taken_back)

    def _flush(self, live: _Live, chunk: Sequence[PeopleChanges]) -> None:
        if not chunk:
            return
        self._known.below = chunk[0].version
        rows = PeopleRows(*live.scored)
        for told in chunk:
            rows.take(told.version, *self._apply(live.people, told))
        self._writer.write(rows, "people")
        live.done = chunk[-1].version
        self._store.insert("people_progress", {"done": [live.done], "scoring": [live.scored[0]]})
        self._on_step("people.progress")
        self._told.forget(self._cached_records)
        live.people.forget(self._cached_records, self._cached_records * _KEYS_A_RECORD)
