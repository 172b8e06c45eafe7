"""The records of people, and the clusters that they form.

After each change the components around it are searched again, as for cases. What comes out equals a run over all
records at once, because nothing here looks at the clusters before: they are kept only to tell which ones are no more.

Not all records need be at hand: what a step comes to is looked up elsewhere (`entries.Elsewhere`), level by level, each
level at once. A step needs the component that it changes and the records that share a blocking key with it, never all.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import partial
from math import isinf
from typing import Generic, Protocol, TypeVar

from processors.people.blocking import BlockingIndex, BlockingRules, KeyRole
from processors.people.blocking.rules import other_key
from processors.people.cleaning.clean import CleanPerson, Override, clean, strong_identifiers
from processors.people.cleaning.record import Group, PersonRecord, is_linkable
from processors.people.clustering.change import Change
from processors.people.clustering.cluster import Attention, Cluster, person_id_of
from processors.people.clustering.decisions import Decision, Decisions, what_stands
from processors.people.clustering.entries import NO_REASON, NOTHING, Elsewhere, Entry, Ground, Nowhere, Why
from processors.people.clustering.limits import LIMITS, Limits
from processors.people.clustering.matched import Court, court_of, decided
from processors.people.clustering.meeting import Meeting, meeting, shared_keys
from processors.people.clustering.near import Known, Near, components, others
from processors.people.clustering.partition import Part, partition
from processors.people.clustering.reasons import reasons
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


@dataclass(frozen=True, slots=True)
class _Held(Generic[Ready]):
    """A record that takes part: not merged into another, and with enough said of it. Who shares one of `compared_by` is
    compared with it; who shares one of `matched_by` only where the courts matched one of them."""

    group: Group
    ready: Ready
    numbers: tuple[tuple[str, str], ...]
    court: Court
    compared_by: tuple[tuple[str, KeyRole], ...]
    matched_by: tuple[tuple[str, KeyRole], ...]

    @property
    def entries(self) -> tuple[tuple[str, KeyRole], ...]:
        """All keys that it is under."""
        return self.compared_by + self.matched_by


class People(Generic[Ready]):
    """The records and decisions known now, and their clusters, under one model and snapshot."""

    def __init__(
        self,
        scoring: Scoring[Ready],
        rules: BlockingRules,
        limits: Limits = LIMITS,
        elsewhere: Elsewhere | None = None,
    ) -> None:
        self._scoring = scoring
        self._rules = rules
        self._limits = limits
        self._elsewhere = elsewhere if elsewhere is not None else Nowhere()
        self._clear()

    def _clear(self) -> None:
        self._entries: dict[str, Entry] = {}
        self._decisions = Decisions()
        self._held: dict[str, _Held[Ready] | None] = {}
        self._made_ready: dict[str, tuple[PersonRecord, Override, _Held[Ready]]] = {}
        self._index = BlockingIndex(self._limits.key_records)
        self._verdicts: dict[str, dict[str, Verdict]] = {}
        self._clusters: dict[str, Cluster] = {}

    def forget_all(self) -> None:
        """Forget everything at hand: a chunk failed, and what is kept elsewhere stands."""
        self._clear()

    def forget(self, records: int, keys: int) -> None:
        """Forget what was met longest ago, so that about so many records and keys are at hand. Between chunks only."""
        self._index.forget(keys)
        if len(self._entries) <= records * 1.2:
            return
        spare = [record_id for record_id, entry in self._entries.items() if not entry.decisions]
        if len(self._entries) - len(spare) > records:
            self._clear()
            return
        for record_id in spare[: len(self._entries) - records]:
            entry = self._entries.pop(record_id)
            self._held.pop(record_id, None)
            self._clusters.pop(entry.person_id, None)
            self._unscore(record_id)

    @property
    def clusters(self) -> tuple[Cluster, ...]:
        """The clusters at hand, by their ids."""
        return tuple(self._clusters[person_id] for person_id in sorted(self._clusters))

    def cluster_of(self, record_id: str) -> Cluster | None:
        """The cluster that a record is in; that of its survivor, if it was merged; None for one that takes no part."""
        self._bring((record_id,))
        return self._clusters.get(self._entries[record_id].person_id)

    def verdict(self, one: str, other: str) -> Verdict:
        """What two records that take part are to each other."""
        told = self._verdicts.setdefault(one, {}).get(other)
        if told is None:
            left, right = self._taking_part(one), self._taking_part(other)
            told = verdict(
                self._scoring.weight(left.ready, right.ready),
                what_stands(self.decided(one, other)),
                not set(left.numbers).isdisjoint(right.numbers),
                self._scoring.prior_weight,
                self._limits,
            )
            self._verdicts[one][other] = self._verdicts.setdefault(other, {})[one] = told
        return told

    def decided(self, one: str, other: str) -> Decision | None:
        """The decision that stands of two records that take part: the latest of those that name both, and of what the
        courts say of their masters."""
        courts = (self._taking_part(record_id).court for record_id in (one, other))
        return decided(self._decisions.latest(one, other), *zip((one, other), courts, strict=True))

    def ready(self, record_ids: Iterable[str]) -> dict[str, Ready]:
        """Some records as they are scored; those that take no part are left out."""
        wanted = list(record_ids)
        self._bring(wanted)
        return {record_id: held.ready for record_id in wanted if (held := self._hold(record_id)) is not None}

    def meetings(self, pairs: Iterable[tuple[str, str]]) -> list[Meeting]:
        """How the two of each pair come to be compared, or why they are not. All of them take part."""
        wanted = [(one, other, self._taking_part(one), self._taking_part(other)) for one, other in pairs]
        self._fill(dict.fromkeys(key for _one, _other, *both in wanted for held in both for key, _role in held.entries))
        found = []
        for one, other, left, right in wanted:
            matched = what_stands(self.decided(one, other)) == "include"
            found.append(meeting(
                shared_keys(left.compared_by, right.compared_by, self._index, self._rules),
                shared_keys(left.matched_by, right.matched_by, self._index, self._rules) if matched else (),
                named=other in self._decisions.partners(one, "include"),
                in_component=partial(self._in_component, one, other),
            ))  # fmt: skip
        return found

    def _in_component(self, one: str, other: str) -> bool:
        return other in self._spread((one,))

    def apply(
        self,
        records: Mapping[str, PersonRecord | None],
        decisions: Iterable[Decision] = (),
        taken_back: Iterable[Decision] = (),
    ) -> Change:
        """Take in the new states of records (None: deleted), new decisions, and decisions that are no more."""
        made, undone = tuple(decisions), tuple(taken_back)
        self._bring(records)
        told = {record_id for record_id, record in records.items() if record != self._entries[record_id].record}
        named = told | {record_id for one in (*made, *undone) for record_id in (one.first, one.second)}
        self._bring(named)
        change = Change(told=told)
        bound = self._decisions.bound_up(named)
        before = {record_id: self._hold(record_id) for record_id in bound}
        seeds = bound | others(self._near(bound))
        for one in undone:
            self._decisions.remove(one)
        for one in made:
            self._decisions.add(one)
        self._bring(named)
        bound |= self._decisions.bound_up(named)
        for record_id in bound - before.keys():
            before[record_id] = self._hold(record_id)
        for record_id in named:
            entry = self._entries[record_id]
            record = records[record_id] if record_id in told else entry.record
            self._put(change, record_id, replace(entry, record=record, decisions=self._decisions.of(record_id)))
        seeds |= self._refresh(before, change) | bound
        seeds |= others(self._near(bound))
        self._bring(seeds)
        self._recluster(seeds, change)
        self._made_ready.clear()
        return change

    def prefetch(self, records: Mapping[str, PersonRecord | None]) -> None:
        """Bring to hand, in few look-ups, most of what applying some records will come to."""
        self._bring(records)
        keys: dict[str, None] = {}
        for record_id, record in records.items():
            if record == self._entries[record_id].record:
                continue
            for told in (self._hold(record_id), self._made(record_id, record) if record is not None else None):
                keys.update(dict.fromkeys(key for key, _role in told.entries) if told is not None else ())
        self._fill(keys)
        self._bring({
            other for key in keys if not self._index.held_out(key) for other in self._index.records(key)
        })  # fmt: skip

    def _bring(self, record_ids: Iterable[str]) -> None:
        """Bring records to hand, with all that decisions tie them to."""
        wanted = [record_id for record_id in record_ids if record_id not in self._entries]
        while wanted:
            found = self._elsewhere.entries(wanted)
            partners: dict[str, None] = {}
            for record_id in wanted:
                entry = self._entries[record_id] = found.get(record_id, NOTHING)
                for decision in entry.decisions:
                    self._decisions.add(decision)
                    partners.update(dict.fromkeys((decision.first, decision.second)))
            wanted = [record_id for record_id in partners if record_id not in self._entries]

    def _fill(self, keys: Iterable[str]) -> None:
        """Bring blocking keys to hand."""
        wanted = [str(key) for key in self._index.absent(keys)]
        if wanted:
            found = self._elsewhere.carriers(wanted)
            for key in wanted:
                self._index.fill(key, found.get(key, ()))

    def _put(self, change: Change, record_id: str, entry: Entry) -> None:
        """Remember what changed of a record, as the one met last."""
        if self._entries.pop(record_id) != entry:
            change.entries[record_id] = entry
        self._entries[record_id] = entry

    def _hold(self, record_id: str) -> _Held[Ready] | None:
        """A record made ready; None for one that takes no part."""
        if record_id not in self._held:
            self._bring((record_id,))
            record = self._entries[record_id].record
            self._held[record_id] = None if record is None else self._made(record_id, record)
        return self._held[record_id]

    def _taking_part(self, record_id: str) -> _Held[Ready]:
        held = self._hold(record_id)
        assert held is not None, f"{record_id} takes no part"
        return held

    def _made(self, record_id: str, record: PersonRecord) -> _Held[Ready] | None:
        if not is_linkable(record) or self._decisions.merged_into(record_id) is not None:
            return None
        override = self._decisions.override(record_id)
        before = self._made_ready.get(record_id)
        if before is not None and before[0] is record and before[1] == override:
            return before[2]
        person = clean(record, override)
        numbers = strong_identifiers(record)
        entries = [(key.text(record.group), role) for key, role in self._rules.keys(person.columns())]
        entries += [(other_key(record.group, kind, value), "both") for kind, value in numbers]
        court = court_of(record)
        of_court: tuple[tuple[str, KeyRole], ...] = ()
        if court.name is not None:
            of_court = ((other_key(record.group, "court", court.name), "both"),)
        made = _Held(
            record.group, self._scoring.prepare(record_id, person), numbers, court,
            tuple(dict.fromkeys(entries)), of_court,
        )  # fmt: skip
        self._made_ready[record_id] = record, override, made
        return made

    def _unscore(self, record_id: str) -> None:
        for other in self._verdicts.pop(record_id, ()):
            self._verdicts[other].pop(record_id, None)

    def _refresh(self, before: Mapping[str, _Held[Ready] | None], change: Change) -> set[str]:
        """Make records ready anew, and put them under their keys. The records of keys that are held out from now on, or
        let in again, come back: who is a candidate of whom has changed for them."""
        for record_id in before:
            self._held.pop(record_id, None)
            self._unscore(record_id)
        after = {record_id: self._hold(record_id) for record_id in before}
        keys = {key for held in (*before.values(), *after.values()) if held is not None for key, _role in held.entries}
        self._fill(keys)
        was_out = {key for key in keys if self._index.held_out(key)}
        for record_id, now in after.items():
            was = before[record_id]
            old = was.entries if was is not None else ()
            new = now.entries if now is not None else ()
            self._index.remove(record_id, set(old) - set(new))
            self._index.add(record_id, new)
            for told, carried in ((set(old) - set(new), False), (set(new) - set(old), True)):
                change.keys.update({(key, role, record_id): carried for key, role in told})
        flipped = {key for key in keys if (key in was_out) != self._index.held_out(key)}
        return {record_id for key in flipped for record_id in self._index.records(key)}

    def _near(self, record_ids: Iterable[str]) -> dict[str, dict[str, Verdict]]:
        """What is near to some records that take part; others are left out. All that is needed comes in two look-ups.
        """
        held = {record_id: found for record_id in record_ids if (found := self._hold(record_id)) is not None}
        self._fill(dict.fromkeys(key for one in held.values() for key, _role in one.entries))
        candidates = {
            record_id: self._index.candidates(record_id, one.compared_by)
            | self._decisions.partners(record_id, "include")
            for record_id, one in held.items()
        }
        of_master = {
            record_id: self._index.candidates(record_id, one.matched_by) - candidates[record_id]
            for record_id, one in held.items()
        }
        self._bring({other for found in (candidates, of_master) for others in found.values() for other in others})
        near: dict[str, dict[str, Verdict]] = {}
        for record_id, one in held.items():
            near[record_id] = {}
            for other in (*candidates[record_id], *of_master[record_id]):
                compared = self._hold(other)
                if compared is None or compared.group != one.group:
                    continue
                if other in of_master[record_id] and what_stands(self.decided(record_id, other)) != "include":
                    continue
                told = self.verdict(record_id, other)
                if told.joined or told.disputed:
                    near[record_id][other] = told
        return near

    def _spread(self, seeds: Iterable[str]) -> dict[str, dict[str, Verdict]]:
        """What is near to the seeds and to all that joins tie to them."""
        found: dict[str, dict[str, Verdict]] = {}
        level = set(seeds)
        while level:
            reached = self._near(level)
            found.update(reached)
            level = {
                other for near in reached.values() for other, told in near.items() if told.joined and other not in found
            }
        return found

    def _recluster(self, seeds: set[str], change: Change) -> None:
        near = self._spread(seeds)
        touched = seeds | near.keys()
        stale = {person_id for record_id in touched if (person_id := self._entries[record_id].person_id)}
        made: dict[str, Cluster] = {}
        placed: dict[str, tuple[str, Why]] = {}
        for component in components(near):
            edges = {one: {other: told.weight for other, told in near[one].items() if told.joined}
                     for one in component}  # fmt: skip
            for part in partition(component, edges, self.verdict, self._limits):
                cluster = self._named(part, near)
                made[cluster.person_id] = cluster
                first = next(one for one in part.records if "p" + one[1:] == cluster.person_id)
                why = reasons(first, part.records, edges, self.verdict, self._ground, self._limits)
                placed.update({record_id: (cluster.person_id, one) for record_id, one in why.items()})
                placed.update(dict.fromkeys(cluster.merged, (cluster.person_id, NO_REASON)))
        for record_id in sorted(touched | placed.keys()):
            person_id, reason = placed.get(record_id, ("", NO_REASON))
            self._put(change, record_id, replace(self._entries[record_id], person_id=person_id, why=reason))
        before = {person_id: self._clusters.pop(person_id, None) for person_id in stale | made.keys()}
        self._clusters.update(made)
        change.clusters = tuple(made[person_id] for person_id in sorted(made) if before[person_id] != made[person_id])
        change.gone = tuple(sorted(stale - made.keys()))

    def _ground(self, one: str, other: str) -> Ground:
        if not isinf(self.verdict(one, other).weight):
            return "model"
        return "decision" if what_stands(self.decided(one, other)) == "include" else "number"

    def _named(self, part: Part, near: Near) -> Cluster:
        attention: list[Attention] = []
        if any(self._decisions.in_circle(record_id) for record_id in part.records):
            attention.append("circular_merge")
        if any(one.disputed for record_id in part.records for one in near[record_id].values()):
            attention.append("disputed_number")
        if part.overruled:
            attention.append("overruled")
        if part.oversized:
            attention.append("oversized")
        if part.torn:
            attention.append("torn")
        told = Known(self._entries)
        merged = {one for record_id in part.records for one in self._decisions.merged_records(record_id, told)}
        numbers = {number for record_id in part.records for number in self._taking_part(record_id).numbers}
        kinds = [kind for kind, _ in numbers]
        known = {one: record for one in part.records if (record := self._entries[one].record) is not None}
        return Cluster(
            person_id_of(part.records, known),
            self._taking_part(part.records[0]).group,
            part.records,
            merged=tuple(sorted(merged)),
            attention=tuple(attention),
            cut=part.cut,
            several=tuple(sorted({kind for kind in kinds if kinds.count(kind) > 1})),
        )

