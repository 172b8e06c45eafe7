"""The cases around records that could not just be moved (`placing`), searched again."""

from collections.abc import Iterable
from operator import attrgetter
from typing import NamedTuple

from processors.linking.apart import part
from processors.linking.at_hand import Bodies, CaseAtHand, member_of
from processors.linking.components import component, least, reasons
from processors.linking.entries import NO_REASON, DecisionState, HeldOut, Reasons, RecordState
from processors.linking.placing import Placing
from processors.linking.touched import Touched
from processors.linking.walk import case_around, likely_first
from schemas.flow import CaseChange, case_id_of

_RECORD_ID = attrgetter("record_id")


class Searched(NamedTuple):
    """A case as it was found, and whether any of its records changed."""

    case: CaseAtHand
    told: CaseChange
    changed: bool


def search(touched: Touched, placing: Placing, bodies: Bodies) -> dict[str, Searched]:
    """Put the records that wait to their cases, or search the components around the seeds again."""
    memory, limit = touched.memory, touched.limit
    queue, placing.seeds = list(placing.seeds), {}
    done: set[str] = set()
    searched: dict[str, Searched] = {}
    decided: dict[str, Searched] = {}
    for record_id in queue:
        if record_id in done:
            continue
        record = memory.record(record_id)
        if record is None:
            continue
        if not record.current:
            if record.case_id:
                touched.place(record, "", NO_REASON)
            if memory.decided:
                _settle(touched, (record_id,), {})
            continue
        if not record.case_id and record_id not in memory.decided:
            if placing.joined(record):
                continue
            queue += placing.seeds
            placing.seeds.clear()
        start = likely_first(memory, record, limit, done)
        while record_id not in done:
            first, found, why = case_around(memory, start, limit)
            if memory.decided and not memory.decided.keys().isdisjoint(why):
                cases, records = _search_decided(touched, placing, record, bodies)
                decided.update(cases)
                done.update(records)
                break
            done.update(why)
            one = _searched(touched, placing, first, found, why, bodies)
            searched[one.case.case_id] = one
            start = record
    for one in searched.values():
        memory.put_case(one.case)
    for case_id in decided:
        memory.cases.pop(case_id, None)
    return searched | decided


def _search_decided(
    touched: Touched, placing: Placing, record: RecordState, bodies: Bodies
) -> tuple[dict[str, Searched], Iterable[str]]:
    """Search the component around a record where people decided something; also the ids of its records."""
    found, ties = component(touched.memory, record, touched.limit)
    parted = part(touched.memory, found, ties)
    _settle(touched, ties, parted.held_out)
    cases = {}
    for parts in parted.cases:
        first = least(parts.records)
        one = _searched(touched, placing, first, parts.records, reasons(first, parts.ties), bodies)
        cases[one.case.case_id] = one
    return cases, ties


def _searched(
    touched: Touched, placing: Placing, first: RecordState, found: list[RecordState], why: Reasons, bodies: Bodies
) -> Searched:
    """Name one case, and give its records to it. One that was at hand and had some of them is of it as a whole."""
    memory, case_id = touched.memory, case_id_of(first.record_id)
    found.sort(key=_RECORD_ID)
    changed = False
    members, fresh = [], []
    for record in found:
        record_id = record.record_id
        reason = why[record_id]
        if record.case_id != case_id or record.reason != reason:
            if record.case_id != case_id:
                memory.cases.pop(record.case_id, None)
                placing.told.pop(record.case_id, None)
            record = touched.place(record, case_id, reason)
        changed = changed or touched.is_changed(record)
        members.append(member_of(record))
        if record_id in bodies and touched.is_put(record_id):
            fresh.append(record_id)
    case = CaseAtHand(case_id, first, members, why)
    return Searched(case, CaseChange(case_id, case.told(fresh, bodies)), changed)


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
