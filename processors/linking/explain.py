"""Why records are of one case, or are not: from what link has in its memory to an explanation, for people and pictures.

The links are link's own (`components`, `apart`): nothing is judged a second time. A link is told with its identifier,
both its records, and since when both carried it, by the time of their sources. What is left out is told with the rule:
a placeholder or a malformed value, an identifier on too many records, or one that an `exclude` holds out.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from processors.linking.apart import part
from processors.linking.components import Ties, component, least, reasons
from processors.linking.entries import RecordState
from processors.linking.memory import Memory
from processors.standardise.identifiers import Fault, canonical
from processors.standardise.identifiers.kinds import INCLUDE
from processors.standardise.keys import raw_keys
from schemas.events import KINDS
from schemas.flow import NO_TIME, Key, case_id_of

Bodies = Mapping[tuple[str, str], bytes]
"""Bodies of accepted states, by record and digest."""

OVER_THE_LIMIT = "on-too-many-records"
EXCLUDED = "excluded"


class Record(NamedTuple):
    """A record as an explanation names it."""

    record_id: str
    kind: str
    source: str
    subject: str
    part: str


class Link(NamedTuple):
    """Two records of a case and the identifier that they share (of the kind `include`: a decision, by its record id).
    `since_us`: from when on both carried it, microseconds since 1970 UTC by their sources; None where a source tells
    no time."""

    key: Key
    first: str
    second: str
    since_us: int | None


class LeftOut(NamedTuple):
    """An identifier of a record that does not link, by which rule, and what the rule goes by: the reason, the number
    of records, or the decision."""

    record_id: str
    key: Key
    rule: str
    detail: str


class Linked(NamedTuple):
    """A case: its records, the one that names it, for each other record the link that leads towards that one, and what
    does not link."""

    case_id: str
    named_after: str
    records: tuple[Record, ...]
    links: tuple[Link, ...]
    left_out: tuple[LeftOut, ...]


class Joined(NamedTuple):
    """Two records. `path`: the shortest chain of links from the first to the second; empty where they are of different
    cases. `held_out_path`: the chain that would join them if nothing were held out, where there is one. `decisions`:
    ids of those about the two. `left_out`: what does not link of either."""

    first: Record
    second: Record
    first_case: str
    second_case: str
    path: tuple[Link, ...]
    held_out_path: tuple[Link, ...]
    decisions: tuple[str, ...]
    left_out: tuple[LeftOut, ...]


def explain_case(memory: Memory, member: RecordState, limit: int, bodies: Bodies) -> Linked:
    """The case of a record that is current."""
    records, ties = _case_of(memory, member, limit)
    first = least(records)
    why = reasons(first, ties) if len(records) > 1 else {}
    times = _Times(bodies)
    by_id = {record.record_id: record for record in records}
    links = [
        times.link(Key(reason.key_kind, reason.key_value), by_id[reason.with_record], by_id[record_id], memory)
        for record_id, reason in why.items()
        if reason.with_record
    ]
    return Linked(
        case_id_of(first.record_id), first.record_id, tuple(map(_named, sorted(records, key=_id))), tuple(links),
        tuple(_left_out(memory, records, limit, bodies)),
    )


def explain_pair(memory: Memory, first: RecordState, second: RecordState, limit: int, bodies: Bodies) -> Joined:
    """Two records that are current: what joins them, or keeps them apart."""
    _mine, ties = _case_of(memory, first, limit)
    whole = component(memory, first, limit)[1]
    decisions = {
        one.record_id
        for one in memory.decided.get(first.record_id, {}).values()
        if one.other(first.record_id) == second.record_id
    }
    times = _Times(bodies)
    path = _path(ties, first.record_id, second.record_id)
    would = () if path else _path(whole, first.record_id, second.record_id)

    def told(steps: Sequence[tuple[Key, str, str]]) -> tuple[Link, ...]:
        return tuple(times.link(key, memory.held(one), memory.held(other), memory) for key, one, other in steps)

    return Joined(
        _named(first), _named(second), first.case_id, second.case_id, told(path), told(would),
        tuple(sorted(decisions)), tuple(_left_out(memory, (first, second), limit, bodies)),
    )


def _case_of(memory: Memory, member: RecordState, limit: int) -> tuple[list[RecordState], Ties]:
    found, ties = component(memory, member, limit)
    for case in part(memory, found, ties).cases if memory.decided else ():
        if member.record_id in case.ties:
            return case.records, case.ties
    return found, ties


def _path(ties: Ties, start: str, end: str) -> Sequence[tuple[Key, str, str]]:
    """The fewest links from one record to another; nothing where there is no way."""
    came: dict[str, tuple[Key, str]] = {}
    queue = [start]
    for at in queue:
        if at == end:
            break
        for key, tied in ties[at]:
            for record_id in sorted(tied):
                if record_id != start and record_id not in came:
                    came[record_id] = (key, at)
                    queue.append(record_id)
    steps: list[tuple[Key, str, str]] = []
    at = end
    while at != start:
        if at not in came:
            return ()
        key, near = came[at]
        steps.append((key, near, at))
        at = near
    return steps[::-1]


class _Times:
    """Since when records carry identifiers, by the times of their sources."""

    def __init__(self, bodies: Bodies) -> None:
        self._bodies = bodies

    def link(self, key: Key, one: RecordState, other: RecordState, memory: Memory) -> Link:
        """A link with its time: that of the record that carried the identifier later."""
        if key.kind == INCLUDE:
            since = memory.decisions[key.value].states[-1].order.time_us
            return Link(key, one.record_id, other.record_id, None if since == NO_TIME else since)
        times = [self._since(record, key) for record in (one, other)]
        known = [time for time in times if time is not None]
        return Link(key, one.record_id, other.record_id, max(known) if len(known) == 2 else None)

    def _since(self, record: RecordState, key: Key) -> int | None:
        """From which state on, without a break, a record has carried an identifier."""
        since: int | None = None
        for state in reversed(record.states):
            body = self._bodies.get((record.record_id, state.order.digest))
            if state.deleted or body is None or key not in _keys(record.kind, body):
                break
            since = None if state.order.time_us == NO_TIME else state.order.time_us
        return since


def _keys(kind: str, body: bytes) -> set[Key]:
    found = (canonical(*raw) for raw in raw_keys(KINDS[kind].model.model_validate_json(body)))
    return {Key(one.kind, one.value) for one in found if not isinstance(one, Fault)}


def _left_out(memory: Memory, records: Sequence[RecordState], limit: int, bodies: Bodies) -> Iterator[LeftOut]:
    for record in sorted(records, key=_id):
        body = bodies.get((record.record_id, record.states[-1].order.digest))
        if body is not None:
            yield from _faults(record, body)
        for key in record.keys:
            carriers = len(memory.tie(key).nodes)
            if carriers > limit:
                yield LeftOut(record.record_id, key, OVER_THE_LIMIT, f"{carriers} records, the limit is {limit}")
    ids = {record.record_id for record in records}
    for decision_id, decision in sorted(memory.decisions.items()):  # one about others may hold out what is theirs
        for held in decision.held_out:
            if held.record_id in ids:
                yield LeftOut(held.record_id, held.key, EXCLUDED, decision_id)


def _faults(record: RecordState, body: bytes) -> Iterator[LeftOut]:
    told = set()
    for kind, raw in raw_keys(KINDS[record.kind].model.model_validate_json(body)):
        found = canonical(kind, raw)
        if isinstance(found, Fault) and (found.kind, found.value) not in told:
            told.add((found.kind, found.value))
            yield LeftOut(record.record_id, Key(found.kind, found.value), found.rule, found.reason)


def _named(record: RecordState) -> Record:
    return Record(record.record_id, record.kind, record.source, record.subject, record.part)


def _id(record: RecordState) -> str:
    return record.record_id
