"""One accepted state -> the history of its subject, and what is current of it: its highest state, whichever came
first."""

from bisect import bisect_left

from processors.linking.entries import (
    MULTI_PART_KINDS,
    NO_REASON,
    DecisionState,
    RecordState,
    SubjectState,
    digest_of,
)
from processors.linking.touched import Touched
from schemas.flow import Head, Key, Order, Part, State
from schemas.linking import LINK_DECISION


def accept(touched: Touched, head: Head) -> None:
    """Take one state into the history of its subject; make it current if it is the highest."""
    state = State(head.order, head.deleted)
    if head.kind in MULTI_PART_KINDS:
        _accept_parts(touched, head, state)
        return
    if head.kind == LINK_DECISION:
        _accept_decision(touched, head, state)
        return
    memory = touched.memory
    node = memory.node(head.subject_id)
    before = memory.known(node) if node.state is not None else None
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
        if head.parts:
            touched.carried_before(head.subject_id, head.parts[0].keys, keys)
            touched.told_before(head.subject_id, head.kind, head.parts[0].people)
    else:
        raise AssertionError("a state of a new record is its highest")
    case_id, reason = ("", NO_REASON) if before is None else (before.case_id, before.reason)
    now = RecordState(
        head.subject_id, head.subject_id, head.kind, head.source, head.subject, "", states, current, keys,
        case_id, reason, people,
    )  # fmt: skip
    touched.put(node, now, before, said)


def _accept_decision(touched: Touched, head: Head, state: State) -> None:
    """A decision holds from its highest state on, until it is withdrawn; the records that it names and named are
    searched again."""
    before = touched.memory.decisions.get(head.subject_id)
    states = _inserted(before.states if before is not None else (), state)
    if states is None:
        return
    verdict, named = ("", ()) if before is None else (before.verdict, before.named)
    if states[-1] is state:
        keys = head.parts[0].keys if head.parts else ()
        verdict, named = keys[0].kind if keys else "", tuple(key.value for key in keys)
    same = before is not None and (before.verdict, before.named) == (verdict, named)
    held_out = before.held_out if before is not None and same else ()
    touched.decide(
        DecisionState(head.subject_id, head.kind, head.source, head.subject, states, verdict, named, held_out)
    )
    if not same:
        touched.decided.update(dict.fromkeys(named))
        touched.decided.update(dict.fromkeys(before.named if before is not None else ()))


def _record(
    head: Head,
    record_id: str,
    part: str,
    states: tuple[State, ...],
    current: bool,
    keys: tuple[Key, ...],
    before: RecordState | None,
    people: bytes,
) -> RecordState:
    return RecordState(
        record_id, head.subject_id, head.kind, head.source, head.subject, part, states, current, keys,
        before.case_id if before is not None else "",
        before.reason if before is not None else NO_REASON,
        people,
    )


def _accept_parts(touched: Touched, head: Head, state: State) -> None:
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
    memory.put(memory.node(head.subject_id), updated, None)
    touched.step.entries[head.subject_id] = updated
    for part in head.parts:
        _accept_part(touched, head, part, state, highest)
    if highest:
        for record_id in was:
            if record_id in now:
                continue
            node = memory.node(record_id)
            before = memory.record_of(node)
            if before.current:
                gone = RecordState(
                    record_id, before.subject_id, before.kind, before.source, before.subject, before.part,
                    before.states, False, (), before.case_id, before.reason,
                )
                touched.put(node, gone, before, b"")


def _accept_part(touched: Touched, head: Head, part: Part, state: State, highest: bool) -> None:
    node = touched.memory.node(part.record_id)
    before = touched.memory.known(node)
    states = _inserted(before.states if before is not None else (), state)
    if states is None:
        return
    if highest:
        current, keys, people = True, part.keys, digest_of(part.people)
    else:
        current = before.current if before is not None else False
        keys = before.keys if before is not None else ()
        people = before.people if before is not None else b""
        touched.carried_before(part.record_id, part.keys, keys)
        touched.told_before(part.record_id, head.kind, part.people)
    now = _record(head, part.record_id, part.part, states, current, keys, before, people)
    touched.put(node, now, before, part.people)


def _inserted(states: tuple[State, ...], state: State) -> tuple[State, ...] | None:
    """The states with one more in its place, or None when it is a repeat."""
    if not states:
        return (state,)
    if states[-1].order < state.order:
        return (*states, state)
    at = bisect_left(states, state.order, key=_order)
    if at < len(states) and states[at].order == state.order:
        return None
    return (*states[:at], state, *states[at:])


def _order(state: State) -> Order:
    return state.order
