"""What another scoring would change: everybody scored by it in memory, from what the agent people has stored, and
compared with the persons in force. So what is told is what a switch would make of the same records."""

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from itertools import islice
from typing import NamedTuple

from clickhouse.queries import read
from clickhouse.store import Store
from processors.people.blocking import BlockingRules, KeyRole
from processors.people.cleaning.clean import clean
from processors.people.clustering import Change, Entry, People
from processors.people.clustering.decisions import Decisions
from processors.people.clustering.difference import Difference, difference
from processors.people.clustering.entries import Carriers
from processors.people.scoring.pairs import PairScorer, ReadyRecord
from streams.people_model import in_force, scorer_of, standing
from streams.people_now import entries_now
from streams.people_store import ENTRY_DECODER, ENTRY_ENCODER, PeopleStore

EXAMPLES = 5

_CACHED_RECORDS, _CACHED_KEYS = 5_000, 40_000
"""At hand between steps; all else is packed."""


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


class _Packed:
    """Person records and blocking keys that are not at hand, some 3 KB a record."""

    def __init__(self) -> None:
        self._entries: dict[str, bytes] = {}
        self._keys: dict[str, set[tuple[str, KeyRole]]] = {}
        self._attention: dict[str, bool] = {}

    def entries(self, record_ids: Collection[str]) -> Mapping[str, Entry]:
        """The entries of some records."""
        return {one: ENTRY_DECODER.decode(self._entries[one]) for one in record_ids if one in self._entries}

    def carriers(self, keys: Collection[str]) -> Mapping[str, Carriers]:
        """The records under some keys."""
        return {key: self._keys[key] for key in keys if key in self._keys}

    def take(self, change: Change) -> None:
        """What a step changed."""
        for record_id, entry in change.entries.items():
            self._entries[record_id] = ENTRY_ENCODER.encode(entry)
        for (key, role, record_id), carried in change.keys.items():
            (set.add if carried else set.discard)(self._keys.setdefault(key, set()), (record_id, role))
        self._attention.update({one.person_id: bool(one.attention) for one in change.clusters})
        for person_id in change.gone:
            self._attention.pop(person_id, None)

    def joins(self) -> "Joins":
        """Who is who now."""
        return {one: _join(ENTRY_DECODER.decode(state)) for one, state in self._entries.items()}

    def need_attention(self) -> int:
        """How many persons do."""
        return sum(self._attention.values())


Joins = dict[str, tuple[str, str]]
"""The person of each record (empty for none), and the record that it is joined with (empty for none)."""


def differences(
    store: Store, scorer: PairScorer, *, on_records: Callable[[int], None] = lambda _: None
) -> Differences:
    """What scoring everybody by another model or snapshot would change. Raises StoreError."""
    now = standing(store)
    known = PeopleStore(store)
    known.scoring, known.below = now.number, now.done + 1
    packed = _Packed()
    people = People(scorer, BlockingRules.of(scorer.model), elsewhere=packed)
    before: Joins = {}
    for entries in entries_now(store, now):
        before.update({one: _join(entry) for one, entry in entries.items()})
        records = {one: entry.record for one, entry in entries.items() if entry.record is not None}
        packed.take(people.apply(records, sorted({told for entry in entries.values() for told in entry.decisions})))
        people.forget(_CACHED_RECORDS, _CACHED_KEYS)
        on_records(len(before))
    after = packed.joins()
    weigh = _Weighing(known, scorer_of(store, in_force(store)), scorer)
    return Differences(
        difference(_persons(before), _persons(after)), _attention(store), packed.need_attention(),
        weigh.some(_held_by(after, before)), weigh.some(_held_by(before, after)),
    )  # fmt: skip


def _join(entry: Entry) -> tuple[str, str]:
    return entry.person_id, entry.why.with_record


def _persons(joins: Joins) -> dict[str, str]:
    return {one: person_id for one, (person_id, _other) in joins.items() if person_id}


def _attention(store: Store) -> int:
    ((found,),) = store.query(read("people_need_attention"), {})
    return int(str(found))


def _held_by(here: Joins, there: Joins) -> Iterator[tuple[str, str]]:
    """The joins of one that hold records together which the other has apart."""
    for one, (_person, other) in sorted(here.items()):
        if other and there[one][0] != there[other][0]:
            yield one, other


class _Weighing:
    """Scores pairs of records by both."""

    def __init__(self, known: PeopleStore, old: PairScorer, new: PairScorer) -> None:
        self._known = known
        self._scorers = (old, new)

    def some(self, pairs: Iterator[tuple[str, str]]) -> tuple[Example, ...]:
        """The first of some pairs."""
        return tuple(self._example(one, other) for one, other in islice(pairs, EXAMPLES))

    def _example(self, one: str, other: str) -> Example:
        entries = self._known.entries((one, other))
        before, after = (
            scorer.weight(*(_ready(scorer, record_id, entries[record_id]) for record_id in (one, other)))
            for scorer in self._scorers
        )
        return Example(one, other, before, after)


def _ready(scorer: PairScorer, record_id: str, entry: Entry) -> ReadyRecord:
    decisions = Decisions()
    for decision in entry.decisions:
        decisions.add(decision)
    assert entry.record is not None
    return scorer.prepare(record_id, clean(entry.record, decisions.override(record_id)))
