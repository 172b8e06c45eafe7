"""A case and its reasons in one walk: what `components` finds in two, where people decided nothing of its records.

Nearly all components are of this sort, and link spends most of its time in them. The walk starts at the record that
named the case until now, which mostly names it afterwards too; then the reasons are those of the walk itself. Each
identifier is followed once, from the nearest record that carries it.
"""

from collections.abc import Container

from processors.linking.at_hand import RECORD_ID, led_over
from processors.linking.entries import NO_REASON, RecordState
from processors.linking.memory import Memory
from processors.linking.nodes import RANK, Led, Node, Tie
from schemas.flow import record_id_of

NAMING = Led(NO_REASON, None, 0, None)
"""How a walk meets the record that names the case."""

Met = dict[Node, Led]
"""The records of a case and how a walk meets them, in its order."""


def case_around(memory: Memory, start: Node, limit: int) -> tuple[Node, Met]:
    """The record that names the case of one, and all its records with why each is in it: as `components.component`,
    `least` and `reasons` give them where no decision names any of these records. NotAtHandError where something is not
    at hand."""
    met = _walk(memory, start, limit)
    if len(met) == 1:
        return start, met
    first = start
    for node in met:
        if node.rank < first.rank or (node.rank == first.rank and node.record_id < first.record_id):
            first = node
    if first is not start:
        met = _walk(memory, first, limit)
    return first, met


def likely_first(memory: Memory, node: Node, limit: int, done: Container[Node]) -> Node:
    """The record that the case of one is probably named after: it names that of a record that shares an identifier,
    unless the record itself comes before it. When it is of another component all the same, that one has changed too:
    they were one until now. One of `done` is not meant; else it is the record itself."""
    for tie in memory.ties_of(node):
        if tie.attaches or not 2 <= len(tie.nodes) <= limit:
            continue
        for other in tie.nodes:
            if other.case is not None and other.case.first not in done:
                return min(node, other.case.first, key=RANK)
            state = other.state
            if isinstance(state, RecordState) and state.case_id:
                first = memory.nodes.get(record_id_of(state.case_id))
                if first is not None and first not in done and isinstance(first.state, RecordState):
                    return min(node, first, key=RANK) if first.state.current else node
                return node
    return node


def _walk(memory: Memory, first: Node, limit: int) -> Met:
    """Outwards from one record, nearest first and in the order of identifiers and record ids."""
    met = {first: NAMING}
    found = [first]
    followed: set[Tie] = set()
    for near in found:
        ties = near.ties
        if ties is None:
            ties = memory.ties_of(near)
        for tie in ties:
            if tie in followed:
                continue
            if not 2 <= len(tie.nodes) <= limit:
                continue
            new: list[Node]
            if tie.attaches:  # whom it leads to depends on the record
                new = [node for node in memory.attached(near, tie) if node not in met]
            else:
                followed.add(tie)
                new = [node for node in tie.nodes if node not in met]
            if not new:
                continue
            if len(new) > 1:
                new.sort(key=RECORD_ID)
            depth = met[near].depth + 1
            at_first = new[0].led  # mostly nothing of the case has changed, and it is as it was
            if at_first is None or at_first.near is not near or at_first.tie is not tie or at_first.depth != depth:
                at_first = led_over(tie, near, depth, new)
            led = at_first
            for node in new:
                met[node] = led
            found += new
    return met
