"""A case and its reasons in one walk: what `components` finds in two, where people decided nothing of its records.

Nearly all components are of this sort, and link spends most of its time in them. The walk starts at the record that
named the case until now, which mostly names it afterwards too; then the reasons are those of the walk itself. Each
identifier is followed once, from the nearest record that carries it.
"""

from collections.abc import Container

from processors.linking.components import least
from processors.linking.entries import NO_REASON, Reasons, RecordState
from processors.linking.memory import Memory
from processors.standardise.identifiers.kinds import ATTACHING_KINDS
from schemas.flow import Key, Reason, record_id_of


def case_around(memory: Memory, start: RecordState, limit: int) -> tuple[RecordState, list[RecordState], Reasons]:
    """The record that names the case of one, all its records (in no order that matters), and why each is in it: as
    `components.component`, `least` and `reasons` give them where no decision names any of these records.
    NotAtHandError where something is not at hand."""
    found, why = _walk(memory, start, limit)
    if len(found) == 1:
        return start, found, why
    first = least(found)
    if first is not start:
        found, why = _walk(memory, first, limit)
    return first, found, why


def likely_first(memory: Memory, record: RecordState, limit: int, done: Container[str]) -> RecordState:
    """The record that the case of one is probably named after: it names that of a record that shares an identifier,
    unless the record itself comes before it. When it is of another component all the same, that one has changed too:
    they were one until now. One of `done` is not meant; else it is the record itself."""
    for key in record.keys:
        carriers = memory.carriers.get(key)
        if carriers is None or not 2 <= len(carriers) <= limit or key.kind in ATTACHING_KINDS:
            continue
        for record_id in carriers:
            other = memory.entries.get(record_id)
            if isinstance(other, RecordState) and other.case_id:
                first_id = record_id_of(other.case_id)
                first = memory.entries.get(first_id)
                if isinstance(first, RecordState) and first.current and first_id not in done:
                    return least((record, first))
                return record
    return record


def _walk(memory: Memory, first: RecordState, limit: int) -> tuple[list[RecordState], Reasons]:
    """Outwards from one record, nearest first and in the order of identifiers and record ids."""
    carriers_of, entries, held = memory.carriers, memory.entries, memory.held
    found = [first]
    why: Reasons = {first.record_id: NO_REASON}
    followed: set[Key] = set()
    for near in found:
        for key in near.keys:
            if key in followed:
                continue
            tied = carriers_of.get(key)
            if tied is None:
                tied = memory.carriers_of(key)
            followed.add(key)
            if not 2 <= len(tied) <= limit:
                continue
            kind, value = key
            if kind in ATTACHING_KINDS:
                followed.discard(key)  # whom it leads to depends on the record
                tied = memory.attached(near, tied)
            new = [record_id for record_id in tied if record_id not in why]
            if not new:
                continue
            if len(new) > 1:
                new.sort()
            reason = Reason(kind, value, near.record_id)
            for record_id in new:
                why[record_id] = reason
                at_hand = entries.get(record_id)
                found.append(at_hand if isinstance(at_hand, RecordState) else held(record_id))
    return found, why
