"""All records of people, and the clusters that they form.

After each change the components around it are searched again, as for cases. What comes out equals a run over all
records at once, because nothing here looks at the clusters before: they are kept only to tell which ones are no more.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Generic, NamedTuple, Protocol, TypeVar

from processors.people.blocking import BlockingIndex, BlockingKey, BlockingRules
from processors.people.blocking.index import Entry
from processors.people.cleaning.clean import CleanPerson, clean, strong_identifiers
from processors.people.cleaning.record import Group, PersonRecord, is_linkable
from processors.people.clustering.cluster import Attention, Cluster, person_id_of
from processors.people.clustering.decisions import Decision, Decisions
from processors.people.clustering.limits import LIMITS, Limits
from processors.people.clustering.partition import Part, partition
from processors.people.clustering.verdicts import Verdict, verdict

Ready = TypeVar("Ready")


class Scoring(Protocol[Ready]):
    """What scores a pair: `scoring.pairs.PairScorer`, or a table in a test."""

    @property
    def prior_weight(self) -> float:
        """The weight of a pair of which nothing is known, in bits."""

    def prepare(self, record_id: str, person: CleanPerson) -> Ready:
        """A record made ready."""

    def weight(self, one: Ready, other: Ready) -> float:
        """A pair's match weight in bits, the same from either side."""


class Change(NamedTuple):
    """What one step did: the clusters that are new or differ, and the ids of those that are no more."""

    clusters: tuple[Cluster, ...]
    gone: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Held(Generic[Ready]):
    """A record that takes part: not merged into another, and with enough said of it."""

    group: Group
    person: CleanPerson
    ready: Ready
    numbers: tuple[tuple[str, str], ...]
    entries: tuple[Entry, ...]


class People(Generic[Ready]):
    """The records and decisions known now, and their clusters, under one model and snapshot."""

    def __init__(self, scoring: Scoring[Ready], rules: BlockingRules, limits: Limits = LIMITS) -> None:
        self._scoring = scoring
        self._rules = rules
        self._limits = limits
        self._known: dict[str, PersonRecord] = {}
        self._decisions = Decisions()
        self._held: dict[str, _Held[Ready]] = {}
        self._index = BlockingIndex(limits.key_records)
        self._verdicts: dict[str, dict[str, Verdict]] = {}
        self._clusters: dict[str, Cluster] = {}
        self._cluster_of: dict[str, str] = {}

    @property
    def clusters(self) -> tuple[Cluster, ...]:
        """All clusters, by their ids."""
        return tuple(self._clusters[person_id] for person_id in sorted(self._clusters))

    def cluster_of(self, record_id: str) -> Cluster | None:
        """The cluster that a record is in; that of its survivor, if it was merged; None for one that takes no part."""
        person_id = self._cluster_of.get(self._decisions.survivor(record_id))
        cluster = self._clusters[person_id] if person_id is not None else None
        return cluster if cluster is not None and record_id in (*cluster.records, *cluster.merged) else None

    def verdict(self, one: str, other: str) -> Verdict:
        """What two records that take part are to each other."""
        told = self._verdicts.setdefault(one, {}).get(other)
        if told is None:
            left, right = self._held[one], self._held[other]
            told = verdict(
                self._scoring.weight(left.ready, right.ready),
                self._decisions.standing(one, other),
                not set(left.numbers).isdisjoint(right.numbers),
                self._scoring.prior_weight,
                self._limits,
            )
            self._verdicts[one][other] = self._verdicts.setdefault(other, {})[one] = told
        return told

    def apply(self, records: Mapping[str, PersonRecord | None], decisions: Iterable[Decision] = ()) -> Change:
        """Take in the new states of records (None: deleted) and new decisions."""
        decided = tuple(decisions)
        named = set(records) | {record_id for one in decided for record_id in (one.first, one.second)}
        bound = self._decisions.bound_up(named)
        seeds = bound | {other for record_id in bound for other in self._near(record_id)}
        for one in decided:
            self._decisions.add(one)
        for record_id, record in records.items():
            if record is None:
                self._known.pop(record_id, None)
            else:
                self._known[record_id] = record
        seeds |= self._refresh(bound) | bound
        seeds |= {other for record_id in bound for other in self._near(record_id)}
        return self._recluster(seeds)

    def use(self, scoring: Scoring[Ready], rules: BlockingRules) -> Change:
        """Another model or snapshot from now on: every record is scored anew. (A snapshot moves the frequency of every
        value a little, since it moves the totals.)"""
        self._scoring, self._rules = scoring, rules
        self._held, self._verdicts = {}, {}
        self._index = BlockingIndex(self._limits.key_records)
        self._refresh(set(self._known))
        return self._recluster(set(self._known))

    def _refresh(self, record_ids: set[str]) -> set[str]:
        """Make records ready anew, and put them under their keys. The records of keys that are held out from now on, or
        let in again, come back: who is a candidate of whom has changed for them."""
        before = {record_id: held for record_id in record_ids if (held := self._held.get(record_id)) is not None}
        after = {record_id: held for record_id in record_ids if (held := self._made(record_id)) is not None}
        keys = {key for held in (*before.values(), *after.values()) for key, _ in held.entries}
        was_out = {key for key in keys if self._index.held_out(key)}
        for record_id, held in before.items():
            self._index.remove(record_id, held.entries)
            del self._held[record_id]
        for record_id in record_ids:
            for other in self._verdicts.pop(record_id, ()):
                self._verdicts[other].pop(record_id, None)
        for record_id, held in after.items():
            self._index.add(record_id, held.entries)
            self._held[record_id] = held
        flipped = {key for key in keys if (key in was_out) != self._index.held_out(key)}
        return {record_id for key in flipped for record_id in self._index.records(key)}

    def _made(self, record_id: str) -> _Held[Ready] | None:
        record = self._known.get(record_id)
        if record is None or not is_linkable(record) or self._decisions.merged_into(record_id) is not None:
            return None
        person = clean(record, self._decisions.override(record_id))
        numbers = strong_identifiers(record)
        entries: list[Entry] = [((record.group, key), role) for key, role in self._rules.keys(person.columns())]
        entries += [((record.group, BlockingKey(-1, number)), "both") for number in numbers]
        return _Held(record.group, person, self._scoring.prepare(record_id, person), numbers, tuple(entries))

    def _near(self, record_id: str) -> dict[str, Verdict]:
        """The records that are joined to one, and those with which it disputes a number."""
        held = self._held.get(record_id)
        if held is None:
            return {}
        candidates = self._index.candidates(record_id, held.entries)
        for other in self._decisions.partners(record_id, "include"):
            if other in self._held and self._held[other].group == held.group:
                candidates.add(other)
        verdicts = {other: self.verdict(record_id, other) for other in candidates}
        return {other: told for other, told in verdicts.items() if told.joined or told.disputed}

    def _recluster(self, seeds: set[str]) -> Change:
        made: dict[str, Cluster] = {}
        stale = {self._cluster_of[record_id] for record_id in seeds if record_id in self._cluster_of}
        done: set[str] = set()
        for seed in sorted(seeds):
            if seed in done or seed not in self._held:
                continue
            near = self._component(seed)
            done |= near.keys()
            stale |= {self._cluster_of[record_id] for record_id in near if record_id in self._cluster_of}
            edges = {one: {other: told.weight for other, told in others.items() if told.joined}
                     for one, others in near.items()}  # fmt: skip
            for part in partition(tuple(near), edges, self.verdict, self._limits):
                cluster = self._named(part, near)
                made[cluster.person_id] = cluster
        before = {person_id: self._clusters.pop(person_id) for person_id in stale}
        for cluster in before.values():
            for record_id in cluster.records:
                self._cluster_of.pop(record_id, None)
        for cluster in made.values():
            self._clusters[cluster.person_id] = cluster
            self._cluster_of.update(dict.fromkeys(cluster.records, cluster.person_id))
        return Change(
            tuple(made[person_id] for person_id in sorted(made) if before.get(person_id) != made[person_id]),
            tuple(sorted(before.keys() - made.keys())),
        )

    def _component(self, start: str) -> dict[str, dict[str, Verdict]]:
        """All records that joins tie to one, each with those near it."""
        found = {start: self._near(start)}
        open_records = [start]
        while open_records:
            for other, told in found[open_records.pop()].items():
                if told.joined and other not in found:
                    found[other] = self._near(other)
                    open_records.append(other)
        return found

    def _named(self, part: Part, near: Mapping[str, Mapping[str, Verdict]]) -> Cluster:
        attention: list[Attention] = []
        if any(self._decisions.in_circle(record_id) for record_id in part.records):
            attention.append("circular_merge")
        if any(told.disputed for record_id in part.records for told in near[record_id].values()):
            attention.append("disputed_number")
        if part.overruled:
            attention.append("overruled")
        if part.oversized:
            attention.append("oversized")
        if part.torn:
            attention.append("torn")
        merged = {one for record_id in part.records for one in self._decisions.merged_records(record_id, self._known)}
        numbers = {number for record_id in part.records for number in self._held[record_id].numbers}
        kinds = [kind for kind, _ in numbers]
        return Cluster(
            person_id_of(part.records, self._known),
            self._held[part.records[0]].group,
            part.records,
            merged=tuple(sorted(merged)),
            attention=tuple(attention),
            cut=part.cut,
            several=tuple(sorted({kind for kind in kinds if kinds.count(kind) > 1})),
        )
