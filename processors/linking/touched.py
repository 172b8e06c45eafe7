"""What one message of `records` changes, as it gathers: records, subjects, identifiers, decisions, cases."""

from dataclasses import dataclass, field

from processors.linking.entries import DecisionState, Entry, HeldOut, RecordState
from processors.linking.memory import Memory
from schemas.flow import CaseChange, Key, Reason
from schemas.person_facts import PeopleChange

OF_DEFENDANTS = frozenset({"court.case", "court.hearing", "court.resulted_case", "court.patch", "court.match"})
"""The kinds of records that tell of the courts' defendants."""


@dataclass(slots=True)
class LinkStep:
    """What one message of `records` did. `entries`: changed records and subjects; `keys`: (identifier, record,
    carried now), of those that came or went and those of states that came too late to count; `held_out`: identifiers
    that are held out with the number of their records, where that changed, 0 when let in again; `held_links`:
    (decision, identifier of a record) that an exclude keeps from linking, False when let in again; `cases`: the changed
    cases in the order of their ids; `people`: the records that say something else of people than before, and what those
    of the courts said in states that do not count."""

    entries: dict[str, Entry] = field(default_factory=dict)
    keys: dict[tuple[Key, str], bool] = field(default_factory=dict)
    held_out: dict[Key, int] = field(default_factory=dict)
    held_links: dict[tuple[str, HeldOut], bool] = field(default_factory=dict)
    cases: list[CaseChange] = field(default_factory=list)
    people: dict[str, PeopleChange] = field(default_factory=dict)


class Touched:
    """The changes of one message as they gather. For `placing`, which clears them: `changed`, the records that changed
    or are to be told again, with the identifiers that they had before; `crossing`, the identifiers that are held out or
    let in from now on; `decides`, whether people decided something, and `decided`, the records that it is about.
    `cases`: those that changed records were of before this message; `crowded`: on how many records identifiers about
    the limit were before it."""

    __slots__ = ("_placed", "cases", "changed", "crossing", "crowded", "decided", "decides", "limit", "memory", "step")

    def __init__(self, memory: Memory, limit: int, step: LinkStep) -> None:
        self.memory = memory
        self.limit = limit
        self.step = step
        self.changed: list[tuple[RecordState, tuple[Key, ...]]] = []
        self.crossing: dict[Key, None] = {}
        self.decides = False
        self.decided: dict[str, None] = {}
        self.cases: dict[str, None] = {}
        self.crowded: dict[Key, int] = {}
        self._placed: dict[str, RecordState] = {}
        """Records of which nothing changed but their place, as they were before this message."""

    def put(self, record: RecordState, before: RecordState | None, said: bytes) -> None:
        """Remember a record's new state, the identifiers that it gained and lost, and what it says of people now (where
        that changed)."""
        old = before.keys if before is not None else ()
        if old != record.keys:
            for key in old:
                if key not in record.keys:
                    self._lost(key, record.record_id)
            for key in record.keys:
                if key not in old:
                    self._gained(key, record.record_id)
        if record.people != (before.people if before is not None else b""):
            told = self.step.people.get(record.record_id)
            if told is not None:
                self.told_before(record.record_id, record.kind, told.facts)
            self.step.people[record.record_id] = PeopleChange(record.record_id, record.kind, said)
        if before is not None:
            was = self._placed.pop(record.record_id, before)
            if was.case_id and (was is not before or record.record_id not in self.step.entries):
                self.cases[was.case_id] = None
        self.memory.put(record.record_id, record)
        self.step.entries[record.record_id] = record
        self.changed.append((record, old))

    def place(self, record: RecordState, case_id: str, reason: Reason) -> RecordState:
        """Give a record its case, or take it away."""
        record_id = record.record_id
        placed = RecordState(
            record_id, record.subject_id, record.kind, record.source, record.subject, record.part,
            record.states, record.current, record.keys, case_id, reason, record.people,
        )
        if record_id in self.step.entries:
            self.memory.put_again(record_id, placed)
        else:
            self._placed[record_id] = record
            self.memory.put(record_id, placed)
        self.step.entries[record_id] = placed
        return placed

    def is_changed(self, record: RecordState) -> bool:
        """Whether a record, as it is now, is another than before this message, or has another place."""
        if record.record_id not in self.step.entries:
            return False
        was = self._placed.get(record.record_id)
        return was is None or (record.case_id, record.reason) != (was.case_id, was.reason)

    def is_put(self, record_id: str) -> bool:
        """Whether a state of a record was accepted with this message."""
        return record_id in self.step.entries and record_id not in self._placed

    def finish(self) -> None:
        """At the end: records are left out of the step whose place is again what it was, and it says which identifiers
        are held out, by how many records now, or let in."""
        entries = self.step.entries
        for record_id, was in self._placed.items():
            now = entries[record_id]
            if isinstance(now, RecordState) and not self.is_changed(now):
                del entries[record_id]
            elif was.case_id:
                self.cases[was.case_id] = None
        for key, was_on in self.crowded.items():
            now_on = len(self.memory.carriers[key])
            if now_on != was_on and max(now_on, was_on) > self.limit:
                self.step.held_out[key] = now_on if now_on > self.limit else 0

    def tell(self, record_id: str) -> None:
        """The case of a record is to be told, although the record may not have changed."""
        record = self.memory.record(record_id)
        if record is not None:
            if record.case_id:
                self.cases[record.case_id] = None
            self.changed.append((record, record.keys))

    def carried_before(self, record_id: str, keys: tuple[Key, ...], now: tuple[Key, ...]) -> None:
        """Remember identifiers of a state that came late, after a newer one: the record does not carry them, but it did
        by its source's time, and a case as it was known then is found by them."""
        for key in keys:
            if key not in now:
                self.step.keys[key, record_id] = False

    def told_before(self, record_id: str, kind: str, said: bytes) -> None:
        """Remember what a state said of people that does not count, or does no longer. Only of the courts' defendants
        does the past matter: which master they had when they were unmatched (`people.masters`)."""
        if said and kind in OF_DEFENDANTS:
            name = f"{record_id}#{len(self.step.people)}"  # beside what the record says now, and other states of it
            self.step.people[name] = PeopleChange(record_id, kind, said, past=True)

    def _gained(self, key: Key, record_id: str) -> None:
        carriers = self.memory.carriers_of(key)
        if len(carriers) >= self.limit:
            self._crowds(key, len(carriers), crosses=len(carriers) == self.limit)
        self.memory.gain(record_id, carriers)
        self.step.keys[key, record_id] = True

    def _lost(self, key: Key, record_id: str) -> None:
        carriers = self.memory.carriers_of(key)
        if len(carriers) > self.limit:
            self._crowds(key, len(carriers), crosses=len(carriers) == self.limit + 1)
        self.memory.lose(record_id, carriers)
        self.step.keys[key, record_id] = False

    def _crowds(self, key: Key, was_on: int, *, crosses: bool) -> None:
        self.crowded.setdefault(key, was_on)
        if crosses:
            self.crossing[key] = None

    def decide(self, decision: DecisionState) -> None:
        """Remember a new state of a decision, and what it keeps from linking now."""
        before = self.memory.decisions.get(decision.record_id)
        was = set(before.held_out) if before is not None else set()
        now = set(decision.held_out)
        for link in was ^ now:
            self.step.held_links[decision.record_id, link] = link in now
        self.decides = True
        self.memory.decide(decision)
        self.step.entries[decision.record_id] = decision
