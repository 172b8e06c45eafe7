"""The deterministic state machine over the topic `records`: what one of its messages does.

A function of the memory as of the offsets before and of the message, and of nothing else: no clock, no arrival, no
chunk border. Each message ends in the records and identifiers that it changed, and the cases as they now are.
"""

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from processors.linking.components import component, least, reasons
from processors.linking.entries import (
    MULTI_PART_KINDS,
    NO_REASON,
    Entry,
    RecordState,
    StateRef,
    SubjectState,
    digest_of,
)
from processors.linking.memory import Memory
from schemas.flow import CaseChange, Head, Key, Member, Order, Part, Reason, State, case_id_of, record_id_of
from schemas.person_facts import PeopleChange


@dataclass(slots=True)
class LinkStep:
    """What one message of `records` did. `entries`: changed records and subjects; `keys`: (identifier, record,
    carried now); `held_out`: identifiers that crossed the limit, with the number of their records, 0 when let in
    again; `cases`: the changed cases in the order of their ids; `people`: the records that say something else of people
    than before."""

    entries: dict[str, Entry] = field(default_factory=dict)
    keys: dict[tuple[Key, str], bool] = field(default_factory=dict)
    held_out: dict[Key, int] = field(default_factory=dict)
    cases: list[CaseChange] = field(default_factory=list)
    people: dict[str, PeopleChange] = field(default_factory=dict)


def link(memory: Memory, heads: Iterable[Head], limit: int, reproject: Sequence[str] = ()) -> LinkStep:
    """Apply one message. The memory must hold every record, subject and identifier that it touches (`needs`).
    `reproject`: cases to be told although nothing of them may have changed, so that all their rows are written anew.
    """
    step = LinkStep()
    touched = _Touched(memory, limit, step)
    bodies: dict[tuple[str, str], bytes] = {}
    for head in heads:
        for part in head.parts:
            bodies[part.record_id, head.order.digest] = part.body
        _accept(touched, head)
    touched.records.update(dict.fromkeys(map(record_id_of, reproject)))
    cases = _search(touched, bodies)
    for case_id in reproject:
        _tell_anew(memory, cases, case_id)
    step.cases = [cases[case_id] for case_id in sorted(cases)]
    return step


class _Touched:
    """The changes of one message as they gather."""

    __slots__ = ("keys", "limit", "memory", "records", "step")

    def __init__(self, memory: Memory, limit: int, step: LinkStep) -> None:
        self.memory = memory
        self.limit = limit
        self.step = step
        self.records: dict[str, None] = {}
        self.keys: dict[Key, int] = {}

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
        if record.people != (before.people if before is not None else b""):
            self.step.people[record.record_id] = PeopleChange(record.record_id, record.kind, said)
        self.memory.put(record.record_id, record)
        self.step.entries[record.record_id] = record
        self.records[record.record_id] = None

    def _key(self, key: Key, record_id: str, *, carried: bool) -> None:
        self.keys.setdefault(key, len(self.memory.carriers_of(key)))
        if carried:
            self.memory.carry(key, record_id)
        else:
            self.memory.drop(key, record_id)
        self.step.keys[key, record_id] = carried


def _inserted(states: tuple[StateRef, ...], state: StateRef) -> tuple[StateRef, ...] | None:
    """The states with one more in its place, or None when it is a repeat."""
    if not states or states[-1].order < state.order:
        return (*states, state)
    at = bisect_left(states, state.order, key=_order)
    if at < len(states) and states[at].order == state.order:
        return None
    return (*states[:at], state, *states[at:])


def _record_id(record: RecordState) -> str:
    return record.record_id


def _order(state: StateRef) -> Order:
    return state.order


def _accept(touched: _Touched, head: Head) -> None:
    """Take one state into the history of its subject; make it current if it is the highest."""
    state = StateRef(head.order, head.deleted)
    if head.kind in MULTI_PART_KINDS:
        _accept_parts(touched, head, state)
        return
    before = touched.memory.record(head.subject_id)
    states = _inserted(before.states if before is not None else (), state)
    if states is None:
        return
    said = b""
    if states[-1] is state:
        current, keys = not head.deleted, head.parts[0].keys if head.parts else ()
        said = head.parts[0].people if head.parts else b""
        people = digest_of(said)
    elif before is not None:
        current, keys, people = before.current, before.keys, before.people
    else:
        raise AssertionError("a state of a new record is its highest")
    touched.put(_record(head, head.subject_id, "", states, current, keys, before, people), before, said)


def _record(
    head: Head,
    record_id: str,
    part: str,
    states: tuple[StateRef, ...],
    current: bool,
    keys: tuple[Key, ...],
    before: RecordState | None,
    people: bytes,
) -> RecordState:
    return RecordState(
        record_id,
        head.subject_id,
        head.kind,
        head.source,
        head.subject,
        part,
        states,
        current,
        keys,
        before.case_id if before is not None else "",
        before.reason if before is not None else NO_REASON,
        people,
    )


def _accept_parts(touched: _Touched, head: Head, state: StateRef) -> None:
    """A state with parts: only those of the subject's highest state are current, whichever came first."""
    memory = touched.memory
    subject = memory.subject(head.subject_id)
    states = _inserted(subject.states if subject is not None else (), state)
    if states is None:
        return
    highest = states[-1] is state
    was = subject.parts if subject is not None else ()
    now = tuple(part.record_id for part in head.parts) if highest else was
    updated = SubjectState(head.subject_id, states, now)
    memory.put(head.subject_id, updated)
    touched.step.entries[head.subject_id] = updated
    for part in head.parts:
        _accept_part(touched, head, part, state, highest)
    if highest:
        for record_id in was:
            if record_id in now:
                continue
            before = memory.held(record_id)
            if before.current:
                gone = RecordState(
                    record_id,
                    before.subject_id,
                    before.kind,
                    before.source,
                    before.subject,
                    before.part,
                    before.states,
                    False,
                    (),
                    before.case_id,
                    before.reason,
                )
                touched.put(gone, before, b"")


def _accept_part(touched: _Touched, head: Head, part: Part, state: StateRef, highest: bool) -> None:
    before = touched.memory.record(part.record_id)
    states = _inserted(before.states if before is not None else (), state)
    if states is None:
        return
    if highest:
        current, keys, people = True, part.keys, digest_of(part.people)
    else:
        current = before.current if before is not None else False
        keys = before.keys if before is not None else ()
        people = before.people if before is not None else b""
    touched.put(_record(head, part.record_id, part.part, states, current, keys, before, people), before, part.people)


def _seeds(touched: _Touched) -> list[str]:
    """The records around which components are searched: the changed ones, and all that share an identifier that was
    gained or lost. Every fragment of a case that falls apart holds one of them."""
    seeds = dict.fromkeys(touched.records)
    limit = touched.limit
    for key, was in touched.keys.items():
        carriers = touched.memory.carriers[key]
        now = len(carriers)
        if was > limit and now > limit:
            continue  # held out before and after: it tied nothing and ties nothing
        if (was > limit) != (now > limit):
            touched.step.held_out[key] = now if now > limit else 0
        seeds.update(dict.fromkeys(sorted(carriers)))
    return list(seeds)


def _place(memory: Memory, step: LinkStep, record: RecordState, case_id: str, reason: Reason) -> None:
    """Give a record its case, or take it away."""
    placed = RecordState(
        record.record_id,
        record.subject_id,
        record.kind,
        record.source,
        record.subject,
        record.part,
        record.states,
        record.current,
        record.keys,
        case_id,
        reason,
        record.people,
    )
    memory.put(record.record_id, placed)
    step.entries[record.record_id] = placed


def _member(record: RecordState, reason: Reason, bodies: dict[tuple[str, str], bytes]) -> Member:
    states = tuple(
        State(order, deleted, bodies.get((record.record_id, order.digest))) for order, deleted in record.states
    )
    return Member(record.record_id, record.kind, record.source, record.subject, record.part, states, reason)


def _tell_anew(memory: Memory, cases: dict[str, CaseChange], case_id: str) -> None:
    """Mark a case, and the one in which the record is now that it was called after. One that does not exist (any more)
    is told as ceased, so that whatever rows it has are buried."""
    record = memory.record(record_id_of(case_id))
    now = record.case_id if record is not None and record.current else case_id
    for one in {case_id, now}:
        members = cases[one].members if one in cases else ()
        cases[one] = CaseChange(one, members, True)


def _search(touched: _Touched, bodies: dict[tuple[str, str], bytes]) -> dict[str, CaseChange]:
    """Search the affected components again, give records their cases, and give the cases that changed."""
    memory, limit, step = touched.memory, touched.limit, touched.step
    old_cases: dict[str, None] = {}
    cases: dict[str, CaseChange] = {}
    done: set[str] = set()
    for record_id in _seeds(touched):
        record = memory.record(record_id)
        if record is None or record_id in done:
            continue
        if not record.current:
            if record.case_id:
                old_cases[record.case_id] = None
                _place(memory, step, record, "", NO_REASON)
            continue
        found, ties = component(memory, record, limit)
        done.update(member.record_id for member in found)
        old_cases.update(dict.fromkeys(member.case_id for member in found if member.case_id))
        first = least(found) if len(found) > 1 else record
        case_id = case_id_of(first.record_id)
        why = reasons(first, ties) if len(found) > 1 else {first.record_id: NO_REASON}
        members = []
        for member in sorted(found, key=_record_id) if len(found) > 1 else found:
            reason = why[member.record_id]
            if member.case_id != case_id or member.reason != reason:
                _place(memory, step, member, case_id, reason)
            members.append(_member(member, reason, bodies))
        cases[case_id] = CaseChange(case_id, tuple(members))
    for case_id in old_cases:
        if case_id not in cases:
            cases[case_id] = CaseChange(case_id, ())
    return cases
