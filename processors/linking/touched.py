"""What one message of `records` changes, as it gathers: records, subjects, identifiers, decisions, cases."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from processors.linking.entries import RANKS, DecisionState, Entry, HeldOut, RecordState
from processors.linking.memory import Memory
from processors.linking.nodes import Node, Tie
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
    the limit were before it; `accepted`: the records of which it brought a state."""

    __slots__ = (
        "_placed", "accepted", "cases", "changed", "crossing", "crowded", "decided", "decides", "limit", "memory",
        "step",
    )  # fmt: skip

    def __init__(self, memory: Memory, limit: int, step: LinkStep) -> None:
        self.memory = memory
        self.limit = limit
        self.step = step
        self.changed: list[tuple[Node, tuple[Tie, ...]]] = []
        self.crossing: dict[Tie, None] = {}
        self.decides = False
        self.decided: dict[str, None] = {}
        self.cases: dict[str, None] = {}
        self.crowded: dict[Tie, int] = {}
        self.accepted: set[Node] = set()
        self._placed: dict[Node, RecordState] = {}
        """Records of which nothing changed but their place, as they were before this message."""

    def put(self, node: Node, record: RecordState, before: RecordState | None, said: bytes) -> None:
        """Remember a record's new state, the identifiers that it gained and lost, and what it says of people now (where
        that changed)."""
        memory, step, record_id = self.memory, self.step, node.record_id
        old: tuple[Tie, ...] = ()
        had: tuple[Key, ...] = ()
        people = b""
        if before is not None:
            old, had, people = memory.ties_of(node), before.keys, before.people
        ties, keys = old, record.keys
        if keys != had:
            limit, at_hand, changed_keys = self.limit, memory.ties, step.keys
            ties = tuple([at_hand.get(key) or memory.tie(key) for key in keys])
            for tie in old:
                if tie not in ties:
                    if len(tie.nodes) > limit:
                        self._crowds(tie, len(tie.nodes), crosses=len(tie.nodes) == limit + 1)
                    memory.lose(node, tie)
                    changed_keys[tie.key, record_id] = False
            for key, tie in zip(keys, ties, strict=True):
                if tie not in old:
                    if len(tie.nodes) >= limit:
                        self._crowds(tie, len(tie.nodes), crosses=len(tie.nodes) == limit)
                    memory.gain(node, tie)
                    changed_keys[key, record_id] = True
        if record.people != people:
            told = step.people.get(record_id)
            if told is not None:
                self.told_before(record_id, record.kind, told.facts)
            step.people[record_id] = PeopleChange(record_id, record.kind, said)
        if before is not None:
            was = self._placed.pop(node, before)
            if was.case_id and (was is not before or node not in self.accepted):
                self.cases[was.case_id] = None
        else:
            node.rank = RANKS[record.kind]
        self.accepted.add(node)
        memory.put(node, record, ties)
        step.entries[record_id] = record
        self.changed.append((node, old))

    def place(self, node: Node, case_id: str, reason: Reason) -> None:
        """Give a record its case, or take it away."""
        record = node.state
        assert isinstance(record, RecordState)
        if node in self.accepted or node in self._placed:  # this state is of this message: nobody else has it yet
            record.case_id, record.reason = case_id, reason
            node.member = None
            return
        placed = RecordState(
            record.record_id, record.subject_id, record.kind, record.source, record.subject, record.part,
            record.states, record.current, record.keys, case_id, reason, record.people,
        )
        self._placed[node] = record
        self.memory.replace(node, placed)
        self.step.entries[node.record_id] = placed

    def is_changed(self, node: Node) -> bool:
        """Whether a record, as it is now, is another than before this message, or has another place."""
        if node in self.accepted:
            return True
        was = self._placed.get(node)
        if was is None:
            return False
        record = node.state
        assert isinstance(record, RecordState), "it was placed"
        return record.case_id != was.case_id or record.reason != was.reason

    def any_changed(self, nodes: Sequence[Node]) -> bool:
        """Whether any of some records, as they are now, is another than before this message, or has another place."""
        if not self.accepted.isdisjoint(nodes):
            return True
        return any(self.is_changed(node) for node in self._placed.keys() & nodes)

    def finish(self) -> None:
        """At the end: records are left out of the step whose place is again what it was, and it says which identifiers
        are held out, by how many records now, or let in."""
        cases = self.cases
        for node, was in self._placed.items():
            now = node.state
            assert isinstance(now, RecordState)
            if now.case_id == was.case_id and now.reason == was.reason:
                del self.step.entries[node.record_id]
            elif was.case_id:
                cases[was.case_id] = None
        for tie, was_on in self.crowded.items():
            now_on = len(tie.nodes)
            if now_on != was_on and max(now_on, was_on) > self.limit:
                self.step.held_out[tie.key] = now_on if now_on > self.limit else 0

    def tell(self, record_id: str) -> None:
        """The case of a record is to be told, although the record may not have changed."""
        node = self.memory.found(record_id)
        if node is not None:
            case_id = self.memory.record_of(node).case_id
            if case_id:
                self.cases[case_id] = None
            self.changed.append((node, self.memory.ties_of(node)))

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

    def _crowds(self, tie: Tie, was_on: int, *, crosses: bool) -> None:
        self.crowded.setdefault(tie, was_on)
        if crosses:
            self.crossing[tie] = None

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
