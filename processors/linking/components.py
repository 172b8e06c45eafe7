"""Cases as connected components: the component around a record, the case's name, and why each record is in it."""

from collections.abc import Iterable

from processors.linking.entries import NO_REASON, RecordState, rank
from processors.linking.memory import Memory
from schemas.flow import Key, Reason

Ties = dict[str, list[tuple[Key, set[str]]]]
"""For each record of a component its identifiers that tie, with the records that carry them."""


def component(memory: Memory, start: RecordState, limit: int) -> tuple[list[RecordState], Ties]:
    """All current records that identifiers tie to one, itself first, in no order that matters; and what ties them."""
    found = [start]
    seen = {start.record_id}
    ties: Ties = {}
    for record in found:
        ties[record.record_id] = tied_by = list(memory.neighbours(record, limit))
        for _key, tied in tied_by:
            if tied <= seen:
                continue
            for record_id in tied:
                if record_id not in seen:
                    seen.add(record_id)
                    found.append(memory.held(record_id))
    return found, ties


def least(records: Iterable[RecordState]) -> RecordState:
    """The record that a case is called after."""
    return min(records, key=rank)


def reasons(first: RecordState, ties: Ties) -> dict[str, Reason]:
    """Why each record is in the case: walking outwards from the record that names it, nearest first and in the
    order of identifiers (as standardise sorted them) and record ids: a function of the component alone."""
    why = {first.record_id: NO_REASON}
    queue = [first.record_id]
    for near in queue:
        for key, tied in ties[near]:
            if len(why) == len(ties):
                return why
            for record_id in sorted(tied - why.keys()):
                why[record_id] = Reason(key.kind, key.value, near)
                queue.append(record_id)
    return why
