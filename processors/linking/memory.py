"""What link remembers: the states of records and subjects, and which records carry which identifier.

A `Memory` holds the part of it that a chunk needs; who fills it and what may be forgotten is the caller's affair
(`streams.link_memory`). Changes are journalled, so a chunk that fails leaves the memory as it was before. What was not
met for a while is packed: it takes a fifth of the room, and is at hand as before.
"""

from collections.abc import Iterable, Iterator
from itertools import islice

from processors.linking.at_hand import CaseAtHand
from processors.linking.entries import (
    ENTRY_DECODER,
    ENTRY_ENCODER,
    DecisionState,
    Entry,
    RecordState,
    SubjectState,
    rank,
)
from processors.standardise.identifiers.kinds import EXCLUDE, INCLUDE
from schemas.flow import Key


class NotAtHandError(LookupError):
    """Something that link needs is not at hand: the caller loads what the heads lead to (`needs`) and tries again."""


class Memory:
    """The records, subjects and identifiers at hand. A key that is in `carriers` is there with all its records.
    Decisions are all at hand, always, since people make them: `decided` has those in force by the records that they
    name. `absent`: ids that were looked for and name nothing, until something is put under them. `cases`: some of the
    cases, by their ids, to spare a walk."""

    def __init__(self) -> None:
        self.entries: dict[str, Entry] = {}
        self.packed: dict[str, bytes] = {}
        self.carriers: dict[Key, set[str]] = {}
        self.decisions: dict[str, DecisionState] = {}
        self.decided: dict[str, dict[str, DecisionState]] = {}
        self.absent: set[str] = set()
        self.cases: dict[str, CaseAtHand] = {}
        self._cases_changed: set[str] = set()
        self._entries_before: list[tuple[str, Entry | None]] = []
        self._carried_before: list[tuple[set[str], str, bool]] = []
        self._decisions_before: list[tuple[str, DecisionState | None]] = []

    def know(self, decisions: Iterable[DecisionState]) -> None:
        """All decisions that there are, before anything is applied."""
        self.cases.clear()
        for decision in decisions:
            self._hold(decision)

    def entry(self, entry_id: str) -> Entry | None:
        """A record or subject, or None where none is at hand."""
        found = self.entries.get(entry_id)
        if found is None and entry_id in self.packed:
            found = self.entries[entry_id] = ENTRY_DECODER.decode(self.packed.pop(entry_id))
        return found

    def at_hand(self, entry_id: str) -> bool:
        """Whether a record or subject is at hand."""
        return entry_id in self.entries or entry_id in self.packed

    def record(self, record_id: str) -> RecordState | None:
        """A record, or None where there is none."""
        entry = self.entries.get(record_id) or self.entry(record_id)
        return entry if isinstance(entry, RecordState) else None

    def held(self, record_id: str) -> RecordState:
        """A record that exists; NotAtHandError when it is not at hand."""
        entry = self.entry(record_id)
        if not isinstance(entry, RecordState):
            raise NotAtHandError(record_id)
        return entry

    def subject(self, subject_id: str) -> SubjectState | None:
        """A subject with parts, or None where there is none."""
        entry = self.entry(subject_id)
        return entry if isinstance(entry, SubjectState) else None

    def carriers_of(self, key: Key) -> set[str]:
        """The records that carry an identifier; NotAtHandError when they are not at hand."""
        carriers = self.carriers.get(key)
        if carriers is None:
            raise NotAtHandError(key)
        return carriers

    def put(self, entry_id: str, entry: Entry) -> None:
        """Remember a new state of a record or subject, as the one met last."""
        before = self.entries.pop(entry_id, None)  # the one met last is the last
        if before is None and entry_id in self.packed:
            before = ENTRY_DECODER.decode(self.packed.pop(entry_id))
        self._entries_before.append((entry_id, before))
        self.entries[entry_id] = entry
        if self.absent:
            self.absent.discard(entry_id)

    def put_again(self, entry_id: str, entry: Entry) -> None:
        """Another state of what was put since the last commit."""
        self.entries[entry_id] = entry

    def decide(self, decision: DecisionState) -> None:
        """Remember a new state of a decision."""
        self.cases.clear()  # decisions are few
        self._decisions_before.append((decision.record_id, self.decisions.get(decision.record_id)))
        self._let_go(decision.record_id)
        self._hold(decision)

    def case_changes(self, case_id: str) -> CaseAtHand | None:
        """The case of this id, if at hand, to be changed in place or taken away."""
        self._cases_changed.add(case_id)
        return self.cases.get(case_id)

    def put_case(self, case: CaseAtHand) -> None:
        """Keep a case at hand."""
        self._cases_changed.add(case.case_id)
        self.cases[case.case_id] = case

    def _hold(self, decision: DecisionState) -> None:
        self.decisions[decision.record_id] = decision
        for record_id in decision.named:
            self.decided.setdefault(record_id, {})[decision.record_id] = decision

    def _let_go(self, decision_id: str) -> None:
        before = self.decisions.pop(decision_id, None)
        for record_id in before.named if before is not None else ():
            of_record = self.decided[record_id]
            del of_record[decision_id]
            if not of_record:
                del self.decided[record_id]

    def exclusions(self, record_id: str) -> Iterator[DecisionState]:
        """The decisions that keep a record apart from another."""
        return (one for one in self.decided.get(record_id, {}).values() if one.verdict == EXCLUDE)

    def inclusions(self, record_id: str) -> list[DecisionState]:
        """The decisions that put a record together with another, by their ids: the order is part of the reasons."""
        found = [one for one in self.decided.get(record_id, {}).values() if one.verdict == INCLUDE]
        return sorted(found, key=lambda one: one.record_id)

    def gain(self, record_id: str, carriers: set[str]) -> None:
        """A record carries an identifier, whose `carriers_of` are these, which it did not carry."""
        self._carried_before.append((carriers, record_id, False))
        carriers.add(record_id)

    def lose(self, record_id: str, carriers: set[str]) -> None:
        """A record carries an identifier, whose `carriers_of` are these, no longer."""
        self._carried_before.append((carriers, record_id, True))
        carriers.discard(record_id)

    def commit(self) -> None:
        """What was changed is durable: it cannot be undone any more."""
        self._entries_before.clear()
        self._carried_before.clear()
        self._decisions_before.clear()
        self._cases_changed.clear()

    def rollback(self) -> None:
        """Undo all changes since the last commit."""
        for case_id in self._cases_changed:
            self.cases.pop(case_id, None)
        for entry_id, entry in reversed(self._entries_before):
            if entry is None:
                self.entries.pop(entry_id, None)
            else:
                self.entries[entry_id] = entry
        for carriers, record_id, was_carried in reversed(self._carried_before):
            if was_carried:
                carriers.add(record_id)
            else:
                carriers.discard(record_id)
        for decision_id, decision in reversed(self._decisions_before):
            self._let_go(decision_id)
            if decision is not None:
                self._hold(decision)
        self.commit()

    def forget(self, keep: int, keep_packed: int) -> None:
        """Between chunks: pack the entries that were met longest ago until `keep` are left as they are, and forget the
        packed ones over `keep_packed`, the longest packed first, with all identifiers that they carried."""
        if len(self.entries) > keep * 1.2:
            for entry_id in list(islice(self.entries, len(self.entries) - keep)):
                entry = self.entries.pop(entry_id)
                self.packed[entry_id] = ENTRY_ENCODER.encode(entry)
                if isinstance(entry, RecordState):
                    self.cases.pop(entry.case_id, None)  # only cases whose records are all ready are kept at hand
        for entry_id in list(islice(self.packed, max(0, len(self.packed) - keep_packed))):
            forgotten = ENTRY_DECODER.decode(self.packed.pop(entry_id))
            if isinstance(forgotten, RecordState):
                for key in forgotten.keys:
                    self.carriers.pop(key, None)
        if len(self.carriers) > 2 * (len(self.entries) + len(self.packed)):
            for key in [key for key, of in self.carriers.items() if not any(map(self.at_hand, of))]:
                del self.carriers[key]

    def included(self, record: RecordState) -> Iterator[tuple[Key, set[str]]]:
        """The records that people put together with one, as far as they are there."""
        for decision in self.inclusions(record.record_id):
            other = decision.other(record.record_id)
            found = self.entry(other)
            if found is None and other not in self.absent and other not in self.decisions:
                raise NotAtHandError(other)
            if isinstance(found, RecordState) and found.current:
                yield decision.key, {record.record_id, other}

    def attached(self, record: RecordState, records: set[str]) -> set[str]:
        """Over an attaching identifier: records with no other identifier belong to the least record that has one."""
        states = [self.held(record_id) for record_id in records]
        anchors = [state for state in states if state.is_anchor()]
        followers = {state.record_id for state in states if not state.is_anchor()}
        if not anchors:
            return followers
        owner = min(anchors, key=rank).record_id
        if record.record_id == owner:
            return followers
        return {owner} if record.record_id in followers else set()
