"""What another scoring would change: everybody scored by it in memory, from what the agent people has stored, and
compared with the persons in force. So what is told is what a switch would make of the same records."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from itertools import islice
from typing import NamedTuple

from clickhouse.queries import read
from clickhouse.store import Store
from processors.people.blocking import BlockingRules
from processors.people.cleaning.clean import clean
from processors.people.clustering import Entry, People
from processors.people.clustering.decisions import Decisions
from processors.people.clustering.difference import Difference, difference
from processors.people.scoring.pairs import PairScorer, ReadyRecord
from streams.people_model import in_force, scorer_of, standing
from streams.people_rescoring import slice_of
from streams.people_store import PeopleStore

SLICES = 256
"""The records are read in so many parts, each applied as one step."""

EXAMPLES = 5


class Example(NamedTuple):
    """Two person records that would come together or part, and their match weight in bits by both scorings."""

    first: str
    second: str
    weight_before: float
    weight_after: float


@dataclass(frozen=True, slots=True)
class Differences:
    """What would change, how many persons need attention before and after, and some of the pairs by whose join or lack
    of one it would."""

    figures: Difference
    attention_before: int
    attention_after: int
    joined: tuple[Example, ...]
    parted: tuple[Example, ...]


def differences(
    store: Store, scorer: PairScorer, *, on_records: Callable[[int], None] = lambda _: None
) -> Differences:
    """What scoring everybody by another model or snapshot would change. All records are held in memory. Raises
    StoreError."""
    number, done = standing(store)
    known = PeopleStore(store)
    known.scoring = number
    people = People(scorer, BlockingRules.of(scorer.model))
    before: dict[str, Entry] = {}
    for part in range(1, SLICES + 1):
        entries = known.all_entries(done, *slice_of(part, SLICES))
        before.update(entries)
        records = {one: entry.record for one, entry in entries.items() if entry.record is not None}
        people.apply(records, sorted({decision for entry in entries.values() for decision in entry.decisions}))
        on_records(len(before))
    after = {one: people.entry(one) for one in before}
    needs = sum(cluster.status == "needs attention" for cluster in people.clusters)
    pairs = _Pairs(before, scorer_of(store, in_force(store)), scorer)
    return Differences(
        difference(_persons(before), _persons(after)), _attention(store), needs,
        tuple(islice(pairs.held_by(after, before), EXAMPLES)), tuple(islice(pairs.held_by(before, after), EXAMPLES)),
    )  # fmt: skip


def _persons(entries: Mapping[str, Entry]) -> dict[str, str]:
    return {one: entry.person_id for one, entry in entries.items() if entry.person_id}


def _attention(store: Store) -> int:
    ((found,),) = store.query(read("people_need_attention"), {})
    return int(str(found))


class _Pairs:
    """Pairs of records, scored by both."""

    def __init__(self, entries: Mapping[str, Entry], old: PairScorer, new: PairScorer) -> None:
        self._entries = entries
        self._scorers = (old, new)

    def held_by(self, here: Mapping[str, Entry], there: Mapping[str, Entry]) -> Iterator[Example]:
        """The joins of one that hold records together which the other has apart."""
        for one in sorted(here):
            other = here[one].why.with_record
            if other and there[one].person_id != there[other].person_id:
                before, after = (self._weight(scorer, one, other) for scorer in self._scorers)
                yield Example(one, other, before, after)

    def _weight(self, scorer: PairScorer, one: str, other: str) -> float:
        return scorer.weight(self._ready(scorer, one), self._ready(scorer, other))

    def _ready(self, scorer: PairScorer, record_id: str) -> ReadyRecord:
        entry = self._entries[record_id]
        decisions = Decisions()
        for decision in entry.decisions:
            decisions.add(decision)
        assert entry.record is not None
        return scorer.prepare(record_id, clean(entry.record, decisions.override(record_id)))
