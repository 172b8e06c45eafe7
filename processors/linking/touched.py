"""What one message of `records` changes, as it gathers: records, subjects, identifiers, decisions, cases."""

from dataclasses import dataclass, field

from processors.linking.entries import DecisionState, Entry, HeldOut, RecordState
from processors.linking.memory import Memory
from processors.standardise.identifiers.kinds import ATTACHING_KINDS
from schemas.flow import CaseChange, Key
from schemas.person_facts import PeopleChange

OF_DEFENDANTS = frozenset({"court.case", "court.hearing", "court.resulted_case", "court.patch", "court.match"})
"""The kinds of records that tell of the courts' defendants."""


@dataclass(slots=True)
class LinkStep:
    """What one message of `records` did. `entries`: changed records and subjects; `keys`: (identifier, record,
    carried now), of those that came or went and those of states that came too late to count; `held_out`: identifiers
    that crossed the limit, with the number of their records, 0 when let in again; `held_links`: (decision, identifier
    of a record) that an exclude keeps from linking, False when let in again; `cases`: the changed cases in the order of
    their ids; `people`: the records that say something else of people than before, and what those of the courts said in
    states that do not count."""

    entries: dict[str, Entry] = field(default_factory=dict)
    keys: dict[tuple[Key, str], bool] = field(default_factory=dict)
    held_out: dict[Key, int] = field(default_factory=dict)
    held_links: dict[tuple[str, HeldOut], bool] = field(default_factory=dict)
    cases: list[CaseChange] = field(default_factory=list)
    people: dict[str, PeopleChange] = field(default_factory=dict)


class Touched:
    """The changes of one message as they gather. `keys`: the identifiers that came or went, with the number of their
    records before; `lost`: those of them that a record lost, or that attach: who else carries one may be of another
    case now, also where no changed record leads there any more."""

    __slots__ = ("keys", "limit", "lost", "memory", "records", "step")

    def __init__(self, memory: Memory, limit: int, step: LinkStep) -> None:
        self.memory = memory
        self.limit = limit
        self.step = step
        self.records: dict[str, None] = {}
        self.keys: dict[Key, int] = {}
        self.lost: set[Key] = set()

    def put(self, record: RecordState, before: RecordState | None, said: bytes) -> None:
        """Remember a record's new state, the identifiers that it gained and lost, and what it says of people now (where
        that changed)."""
        old = before.keys if before is not None else ()
        if old != record.keys:
            for key in old:
                if key not in record.keys:
                    self._key(key, record.record_id, carried=False)
            for key in record.keys:
                if key not in old:
                    self._key(key, record.record_id, carried=True)
            if before is not None and before.is_anchor() != record.is_anchor():
                for key in record.keys:  # it is attached no longer, or anew: those that shared it are searched too
                    self.keys.setdefault(key, len(self.memory.carriers_of(key)))
                    self.lost.add(key)
        if record.people != (before.people if before is not None else b""):
            told = self.step.people.get(record.record_id)
            if told is not None:
                self.told_before(record.record_id, record.kind, told.facts)
            self.step.people[record.record_id] = PeopleChange(record.record_id, record.kind, said)
        self.memory.put(record.record_id, record)
        self.step.entries[record.record_id] = record
        self.records[record.record_id] = None

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

    def _key(self, key: Key, record_id: str, *, carried: bool) -> None:
        carriers = self.memory.carriers_of(key)
        if key not in self.keys:
            self.keys[key] = len(carriers)
        if not carried or key.kind in ATTACHING_KINDS:
            self.lost.add(key)
        self.memory.carry(key, record_id, carriers, carried=carried)
        self.step.keys[key, record_id] = carried

    def decide(self, decision: DecisionState) -> None:
        """Remember a new state of a decision, and what it keeps from linking now."""
        before = self.memory.decisions.get(decision.record_id)
        was = set(before.held_out) if before is not None else set()
        now = set(decision.held_out)
        for link in was ^ now:
            self.step.held_links[decision.record_id, link] = link in now
        self.memory.decide(decision)
        self.step.entries[decision.record_id] = decision
