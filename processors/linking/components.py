"""Cases as connected components: the component around a record, the case's name, and why each record is in it."""

from collections.abc import Iterable

from processors.linking.memory import NO_REASON, Memory, RecordState, rank
from schemas.flow import Reason


def component(memory: Memory, start: RecordState, limit: int) -> list[RecordState]:
    """All current records that identifiers tie to one, itself first; in no order that matters."""
    found = [start]
    seen = {start.record_id}
    for record in found:
        for _key, tied in memory.neighbours(record, limit):
            if tied <= seen:
                continue
            for record_id in tied:
                if record_id not in seen:
                    seen.add(record_id)
                    found.append(memory.held(record_id))
    return found


def least(records: Iterable[RecordState]) -> RecordState:
    """The record that a case is called after."""
    return min(records, key=rank)


def reasons(memory: Memory, first: RecordState, limit: int) -> dict[str, Reason]:
    """Why each record is in the case: walking outwards from the record that names it, nearest first and in the
    order of identifiers (as standardise sorted them) and record ids: a function of the component alone."""
    why = {first.record_id: NO_REASON}
    queue = [first]
    for record in queue:
        for key, tied in memory.neighbours(record, limit):
            for record_id in sorted(tied - why.keys()):
                why[record_id] = Reason(key.kind, key.value, record.record_id)
                queue.append(memory.held(record_id))
    return why
