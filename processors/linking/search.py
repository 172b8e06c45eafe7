"""The components around what changed, searched again: which case each record belongs to now, and why."""

from collections.abc import Iterable
from operator import attrgetter

from processors.linking.apart import part
from processors.linking.components import component, least, reasons
from processors.linking.entries import NO_REASON, DecisionState, HeldOut, RecordState
from processors.linking.memory import Memory
from processors.linking.touched import LinkStep, Touched
from processors.linking.walk import Reasons, case_around, likely_first
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
        start = likely_first(memory, record, limit, done)
        while record_id not in done:
            first, found, why = case_around(memory, start, limit)
            if memory.decided and not memory.decided.keys().isdisjoint(why):
                done.update(_search_decided(touched, old_cases, cases, record, bodies))
                break
            done.update(why)
            _tell(touched, old_cases, cases, first, found, why, bodies)
            start = record
    for case_id in old_cases:
        if case_id not in cases:
            cases[case_id] = CaseChange(case_id, ())
    return cases


def _search_decided(
    touched: Touched, old_cases: dict[str, None], cases: dict[str, CaseChange], record: RecordState, bodies: Bodies
) -> Iterable[str]:
    """Search the component around a record where people decided something, and give the ids of its records."""
    found, ties = component(touched.memory, record, touched.limit)
    parted = part(touched.memory, found, ties)
    _settle(touched, ties, parted.held_out)
    for case in parted.cases:
        first = least(case.records)
        _tell(touched, old_cases, cases, first, case.records, reasons(first, case.ties), bodies)
    return ties


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
    touched: Touched, old_cases: dict[str, None], cases: dict[str, CaseChange], first: RecordState,
    found: list[RecordState], why: Reasons, bodies: Bodies,
) -> None:
    """Name one case, and give its records to it."""
    memory, step = touched.memory, touched.step
    case_id = case_id_of(first.record_id)
    found.sort(key=_RECORD_ID)
    members = []
    for record in found:
        record_id, states = record.record_id, record.states
        reason = why[record_id]
        if record.case_id != case_id or record.reason != reason:
            if record.case_id:
                old_cases[record.case_id] = None
            _place(memory, step, record, case_id, reason)
        if record_id in bodies:
            fresh = bodies[record_id]
            states = tuple([State(one.order, one.deleted, fresh.get(one.order.digest)) for one in states])
        members.append(
            Member(record_id, record.kind, record.source, record.subject, record.part, states, reason)
        )
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
