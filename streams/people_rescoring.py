"""Everybody scored anew under another scoring, between two messages of `people`.

The message that names the scoring has its place in the one order of `people`: whoever meets it has done all messages
before it and none behind it. So what all are scored anew from, the records as of the last version before it, is the
same for every worker; a step is a function of that and of the steps before, and writes the same rows whenever it is
done again. Rows are under the new scoring's number, and their version is the step's: below every version of `records`.
Readers see the old persons until the last row, the progress of the new scoring, is there.
"""

import logging
from collections.abc import Callable
from typing import Final, NamedTuple

from clickhouse.queries import read
from clickhouse.store import Store
from processors.people.blocking import BlockingRules
from processors.people.clustering import People
from processors.people.scoring.pairs import PairScorer, ReadyRecord
from schemas.person_facts import CHANGES_ENCODER, PeopleChanges, UseScoring
from streams.chunks import GivenUpError, Step
from streams.people_model import Scoring, Standing
from streams.people_rows import PeopleRows
from streams.people_store import PeopleStore
from streams.people_writer import PeopleWriter
from streams.producer import Producer
from streams.topics import PEOPLE

logger = logging.getLogger(__name__)

_PREFIXES: Final = 1 << 32
"""Ids of person records are hashes: their first eight digits share them out evenly."""


class Rescoring(NamedTuple):
    """How far it is: the version that it starts from, how many steps there are, and the last that is done."""

    as_of: int
    steps: int
    done: int


def begun(store: Store, number: int) -> Rescoring | None:
    """How far everybody is scored anew under a scoring; None where that has not begun. Raises StoreError."""
    found = store.query(read("people_rescoring"), {"number": number})
    if not found:
        return None
    _digest, as_of, steps, done = found[0]
    return Rescoring(int(str(as_of)), int(str(steps)), int(str(done)))


def ask(bootstrap: str, scoring: Scoring) -> None:
    """Have the agent people take up a scoring that was added. A repeat changes nothing. Raises DeliveryFailed."""
    use = UseScoring(scoring.number, scoring.digest)
    with Producer(bootstrap) as producer:
        producer.send(PEOPLE, None, CHANGES_ENCODER.encode(PeopleChanges(0, (), use)))


def slice_of(step: int, steps: int) -> tuple[str, str]:
    """The ids of a step, 1 to `steps`: from the first to before the second."""
    ends = [f"i{at * _PREFIXES // steps:08x}" for at in (step - 1, step)]
    return ends[0], ends[1] if step < steps else "j"


class Rescorer:
    """Scores everybody anew. `together`: about so many records in a step; `cached`: so many at hand between steps, with
    `keys_a_record` blocking keys each."""

    def __init__(
        self, store: Store, known: PeopleStore, writer: PeopleWriter, on_step: Step, *, together: int, cached: int,
        keys_a_record: int,
    ) -> None:  # fmt: skip
        self._store = store
        self._known = known
        self._writer = writer
        self._on_step = on_step
        self._together = together
        self._cached = cached
        self._keys_a_record = keys_a_record

    def rescore(
        self, old: Standing, new: Scoring, scorer: PairScorer, still_ours: Callable[[], bool]
    ) -> People[ReadyRecord]:
        """Put a scoring in force: from its last step that is done to the end. Who is who afterwards. Raises StoreError,
        and GivenUpError where the partition is no longer ours."""
        far = begun(self._store, new.number) or self._begin(old, new)
        people = People(scorer, BlockingRules.of(scorer.model), elsewhere=self._known)
        for step in range(far.done + 1, far.steps + 1):
            if not still_ours():
                raise GivenUpError("the partition is no longer ours")
            self._step(people, old, new, scorer, far, step)
            people.forget(self._cached, self._cached * self._keys_a_record)
        self._store.insert("people_progress", {"done": [far.as_of], "scoring": [new.number]})
        self._on_step("rescore.in_force")
        logger.info("people are scored by %s (scoring %d)", new.model, new.number)
        return people

    def _begin(self, old: Standing, new: Scoring) -> Rescoring:
        asked = {"as_of": old.done, "scoring": old.number}
        ((records,),) = self._store.query(read("people_entries_known"), asked)
        far = Rescoring(old.done, max(1, -(-int(str(records)) // self._together)), 0)
        self._keep(new, far)
        return far

    def _step(
        self, people: People[ReadyRecord], old: Standing, new: Scoring, scorer: PairScorer, far: Rescoring, step: int
    ) -> None:
        self._known.scoring = old.number
        entries = self._known.all_entries(far.as_of, *slice_of(step, far.steps))
        self._known.scoring, self._known.below = new.number, step
        records = {one: entry.record for one, entry in entries.items() if entry.record is not None}
        decisions = sorted({decision for entry in entries.values() for decision in entry.decisions})
        people.prefetch(records)
        rows = PeopleRows(new.number, new.model, scorer.snapshot.name)
        rows.take_linked(step, people.apply(records, decisions))
        self._writer.write(rows, "rescore")
        self._keep(new, far._replace(done=step))
        self._on_step("rescore.step")
        logger.info("people are scored anew by %s: step %d of %d is done", new.model, step, far.steps)

    def _keep(self, new: Scoring, far: Rescoring) -> None:
        self._store.insert(
            "people_rescorings",
            {"number": [new.number], "step": [far.done], "digest": [new.digest], "as_of": [far.as_of],
             "steps": [far.steps]},
        )  # fmt: skip
