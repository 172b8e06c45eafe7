"""The cases around records that could not just be moved (`placing`), searched again."""

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from processors.linking.apart import part
from processors.linking.at_hand import RECORD_ID, Bodies, CaseAtHand, member_of, told_of
from processors.linking.components import component, least, reasons
from processors.linking.entries import NO_REASON, DecisionState, HeldOut, RecordState
from processors.linking.nodes import Led, Node
from processors.linking.placing import Placing
from processors.linking.touched import Touched
from processors.linking.walk import case_around, likely_first
from schemas.flow import CaseChange, Member, case_id_of


class Searched(NamedTuple):
    """A case as it was found, and whether any of its records changed."""

    told: CaseChange
    changed: bool


def search(touched: Touched, placing: Placing, bodies: Bodies) -> dict[str, Searched]:
    """Put the records that wait to their cases, or search the components around the seeds again."""
    memory, limit = touched.memory, touched.limit
    queue, placing.seeds = list(placing.seeds), {}
    done: set[Node] = set()
    searched: dict[str, Searched] = {}
    for node in queue:
        if node in done:
            continue
        record = node.state if isinstance(node.state, RecordState) else memory.known(node)
        if record is None:
            continue
        if not record.current:
            if record.case_id:
                touched.place(node, "", NO_REASON)
            if memory.decided:
                _settle(touched, (node.record_id,), {})
            continue
        if not record.case_id and node.record_id not in memory.decided:
            if placing.joined(node):
                continue
            queue += placing.seeds
            placing.seeds.clear()
        start = likely_first(memory, node, limit, done)
        while node not in done:
            first, met = case_around(memory, start, limit)
            if memory.decided and any(one.record_id in memory.decided for one in met):
                done.update(_search_decided(touched, placing, node, bodies, searched))
                break
            done.update(met)
            nodes = sorted(met, key=RECORD_ID)
            case_id = _id_of(first)
            searched[case_id], members = _placed(touched, placing, case_id, nodes, met, bodies)
            memory.put_case(CaseAtHand(case_id, first, nodes, members))
            start = node
    return searched


def _id_of(first: Node) -> str:
    """The id of a case, by the record that names it: the string that its records have already, where it is the same."""
    record, case_id = first.state, case_id_of(first.record_id)
    return record.case_id if isinstance(record, RecordState) and record.case_id == case_id else case_id


def _search_decided(
    touched: Touched, placing: Placing, node: Node, bodies: Bodies, searched: dict[str, Searched]
) -> Iterable[Node]:
    """Search the component around a record where people decided something; gives its records."""
    memory = touched.memory
    found, ties = component(memory, memory.record_of(node), touched.limit)
    parted = part(memory, found, ties)
    _settle(touched, ties, parted.held_out)
    for parts in parted.cases:
        first = least(parts.records)
        case_id = case_id_of(first.record_id)
        why = {memory.node(one): Led(reason, None, 0, None) for one, reason in reasons(first, parts.ties).items()}
        searched[case_id], _members = _placed(touched, placing, case_id, sorted(why, key=RECORD_ID), why, bodies)
    return map(memory.node, ties)


def _placed(
    touched: Touched, placing: Placing, case_id: str, nodes: Sequence[Node], why: Mapping[Node, Led], bodies: Bodies
) -> tuple[Searched, list[Member]]:
    """Give records to a case for their reasons, and tell it; also what is told of each without bodies. A case that was
    at hand and had some of them is of it as a whole."""
    changed = False
    members: list[Member] = []
    fresh: list[int] = []
    accepted = touched.accepted
    for node in nodes:
        if node.case is not None:
            touched.memory.give_up(node.case)
        record, node.led = node.state, why[node]
        reason = node.led.reason
        assert isinstance(record, RecordState), "it was found"
        if record.case_id != case_id:
            placing.told.pop(record.case_id, None)
            touched.place(node, case_id, reason)
        elif record.reason is not reason and record.reason != reason:
            touched.place(node, case_id, reason)
        if node in accepted:
            changed = True
            if node.record_id in bodies:
                fresh.append(len(members))
        elif not changed:
            changed = touched.is_changed(node)
        members.append(node.member or member_of(node))
    return Searched(CaseChange(case_id, told_of(members, fresh, bodies)), changed), members


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
