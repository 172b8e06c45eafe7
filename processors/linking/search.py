"""The components around what changed, searched again: which case each record belongs to now, and why."""

from collections.abc import Iterable, Sequence
from operator import attrgetter

from processors.linking.apart import part
from processors.linking.components import Ties, component, least, reasons
from processors.linking.entries import NO_REASON, DecisionState, HeldOut, RecordState
from processors.linking.memory import Memory
from processors.linking.touched import LinkStep, Touched
from schemas.flow import CaseChange, Member, Reason, State, case_id_of

_RECORD_ID = attrgetter("record_id")

Bodies = dict[str, dict[str, bytes]]
"""Bodies that travel along: by record, by digest."""


def search(touched: Touched, bodies: Bodies) -> dict[str, CaseChange]:
    """Search the affected components again, give records their cases, and give the cases that changed."""
    memory, limit, step = touched.memory, touched.limit, touched.step
    old_cases: dict[str, None] = {}
    cases: dict[str, CaseChange] = {}
    done: set[str] = set()
    for record_id in _seeds(touched):
        if record_id in done:
            continue
        record = memory.record(record_id)
        if record is None:
            continue
        if not record.current:
            if record.case_id:
                old_cases[record.case_id] = None
                _place(memory, step, record, "", NO_REASON)
            if memory.decided:
                _settle(touched, (record_id,), {})
            continue
        found, ties = component(memory, record, limit)
        done.update(member.record_id for member in found)
        old_cases.update(dict.fromkeys(member.case_id for member in found if member.case_id))
        if not memory.decided:
            _tell(memory, step, cases, found, ties, bodies)
            continue
        parted = part(memory, found, ties)
        _settle(touched, ties, parted.held_out)
        for case in parted.cases:
            _tell(memory, step, cases, case.records, case.ties, bodies)
    for case_id in old_cases:
        if case_id not in cases:
            cases[case_id] = CaseChange(case_id, ())
    return cases


def _seeds(touched: Touched) -> list[str]:
    """The records around which components are searched: the changed ones, those that people put together with them,
    and all that share an identifier that was lost, or was let in or held out now. Every fragment of a case that falls
    apart holds one of them; who shares an identifier that was only gained is found from the record that gained it."""
    seeds = dict.fromkeys(touched.records)
    if touched.memory.decided:
        for record_id in touched.records:
            for decision in touched.memory.inclusions(record_id):
                seeds[decision.other(record_id)] = None
    limit = touched.limit
    for key, was in touched.keys.items():
        carriers = touched.memory.carriers[key]
        now = len(carriers)
        if was > limit and now > limit:
            continue  # held out before and after: it tied nothing and ties nothing
        if (was > limit) != (now > limit):
            touched.step.held_out[key] = now if now > limit else 0
        elif key not in touched.lost:
            continue
        seeds.update(dict.fromkeys(sorted(carriers)))
    return list(seeds)


def _tell(
    memory: Memory, step: LinkStep, cases: dict[str, CaseChange], found: Sequence[RecordState], ties: Ties,
    bodies: Bodies,
) -> None:
    """Name one case, and give its records to it."""
    first = least(found) if len(found) > 1 else found[0]
    case_id = case_id_of(first.record_id)
    why = reasons(first, ties) if len(found) > 1 else {first.record_id: NO_REASON}
    members = []
    for member in sorted(found, key=_RECORD_ID) if len(found) > 1 else found:
        reason = why[member.record_id]
        if member.case_id != case_id or member.reason != reason:
            _place(memory, step, member, case_id, reason)
        members.append(_member(member, reason, bodies))
    cases[case_id] = CaseChange(case_id, tuple(members))


def _settle(touched: Touched, records: Iterable[str], held_out: dict[str, tuple[HeldOut, ...]]) -> None:
    """Remember what the excludes that name some records, all those of a component, keep from linking now."""
    memory = touched.memory
    changed = {
        decision.record_id: decision
        for record_id in memory.decided.keys() & records
        for decision in memory.exclusions(record_id)
        if decision.held_out != held_out.get(decision.record_id, ())
    }
    for decision_id, decision in sorted(changed.items()):
        now = held_out.get(decision_id, ())
        touched.decide(
            DecisionState(
                decision_id, decision.kind, decision.source, decision.subject, decision.states, decision.verdict,
                decision.named, now,
            )
        )


def _place(memory: Memory, step: LinkStep, record: RecordState, case_id: str, reason: Reason) -> None:
    """Give a record its case, or take it away."""
    placed = RecordState(
        record.record_id, record.subject_id, record.kind, record.source, record.subject, record.part,
        record.states, record.current, record.keys, case_id, reason, record.people,
    )
    (memory.put_again if record.record_id in step.entries else memory.put)(record.record_id, placed)
    step.entries[record.record_id] = placed


def _member(record: RecordState, reason: Reason, bodies: Bodies) -> Member:
    states, fresh = record.states, bodies.get(record.record_id)
    if fresh is not None:
        states = tuple([State(one.order, one.deleted, fresh.get(one.order.digest)) for one in states])
    return Member(record.record_id, record.kind, record.source, record.subject, record.part, states, reason)
