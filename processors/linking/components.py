"""Cases as connected components: the component around a record, the case's name, and why each record is in it."""

from collections.abc import Iterable

from processors.linking.entries import NO_REASON, RecordState, rank
from processors.linking.memory import Memory
from schemas.flow import Key, Reason

Ties = dict[str, list[tuple[Key, set[str]]]]
"""For each record of a component its identifiers that tie, with the records that carry them."""


def component(memory: Memory, start: RecordState, limit: int) -> tuple[list[RecordState], Ties]:
    """All current records that identifiers tie to one, itself first, in no order that matters; and what ties them.
    An identifier on more than `limit` records is held out: it ties nothing."""
    found = [start]
    seen = {start.record_id}
    ties: Ties = {}
    decided, held = memory.decided, memory.held
    for record in found:
        ties[record.record_id] = tied_by = []
        for key in record.keys:
            tie = memory.tie(key)
            if not 2 <= len(tie.nodes) <= limit:
                continue
            nodes = memory.attached(memory.node(record.record_id), tie) if tie.attaches else tie.nodes
            tied = {node.record_id for node in nodes}
            tied_by.append((key, tied))
            found += map(held, tied - seen)
            seen |= tied
        if decided and record.record_id in decided:
            for key, tied in memory.included(record):
                tied_by.append((key, tied))
                new = [record_id for record_id in tied if record_id not in seen]
                seen.update(new)
                found += map(held, new)
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
            new = [record_id for record_id in tied if record_id not in why]
            if not new:
                continue
            new.sort()
            kind, value = key
            for record_id in new:
                why[record_id] = Reason(kind, value, near)
            if len(why) == len(ties):
                return why
            queue += new
    return why
