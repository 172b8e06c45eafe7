"""Linking as it would have been at an earlier time: from the accepted states of records up to then, by link itself.

"Known at t" means that the source's own time is at or before t, never arrival (decisions, section 1); a state without a
time is known from the beginning.
"""

from collections.abc import Iterable, Iterator, Mapping

from processors.linking.entries import MULTI_PART_KINDS, DecisionState, RecordState, SubjectState
from processors.linking.link import link
from processors.linking.memory import Memory
from processors.linking.nodes import Tie, tie_of
from processors.standardise.identifiers import Fault, canonical
from processors.standardise.keys import raw_keys
from schemas.events import KINDS
from schemas.flow import CaseChange, EventRef, Head, Key, Order, Part, State

_NO_EVENT = EventRef("", 0, 0, 0)

Bodies = Mapping[tuple[str, str], bytes]
"""Bodies of accepted states, by record and digest."""


class WholeMemory(Memory):
    """A memory of all that is asked about: an identifier that was never met is on no record."""

    def tie(self, key: Key) -> Tie:
        """An identifier with the records that carry it."""
        tie = self.ties.get(key)
        if tie is None:
            tie = self.ties[key] = tie_of(key)
        return tie

    def included(self, record: RecordState) -> Iterator[tuple[Key, set[str]]]:
        """The records that people put together with one, as far as they are there."""
        others = {decision.other(record.record_id) for decision in self.inclusions(record.record_id)}
        self.absent.update(one for one in others if not self.at_hand(one))
        return super().included(record)


def keys_of(kind: str, body: bytes) -> tuple[Key, ...]:
    """The canonical identifiers of a state."""
    found = (canonical(*raw) for raw in raw_keys(KINDS[kind].model.model_validate_json(body)))
    return tuple(sorted({Key(one.kind, one.value) for one in found if not isinstance(one, Fault)}))


def states_until(states: Iterable[State], at_us: int) -> list[State]:
    """The states that were known then."""
    return [state for state in states if state.order.time_us <= at_us]


def heads_until(
    entries: Iterable[RecordState | DecisionState], subjects: Mapping[str, SubjectState], bodies: Bodies, at_us: int,
    too_common: frozenset[Key],
) -> list[Head]:
    """The accepted states up to a time as link was told them. `subjects`: those of records that are parts.
    `too_common`: identifiers that are held out."""
    heads: list[Head] = []
    parts: dict[tuple[str, Order], list[Part]] = {}
    named: dict[str, RecordState] = {}

    def part_of(entry: RecordState | DecisionState, name: str, state: State) -> Part:
        told = bodies[entry.record_id, state.order.digest]
        keys = tuple(key for key in keys_of(entry.kind, told) if key not in too_common)
        return Part(entry.record_id, name, keys, told)

    for entry in entries:
        if isinstance(entry, RecordState) and entry.kind in MULTI_PART_KINDS:
            named[entry.subject_id] = entry
            for state in states_until(entry.states, at_us):
                parts.setdefault((entry.subject_id, state.order), []).append(part_of(entry, entry.part, state))
            continue
        for state in states_until(entry.states, at_us):
            told = () if state.deleted else (part_of(entry, "", state),)
            heads.append(
                Head(entry.record_id, entry.kind, entry.source, entry.subject, state.order, state.deleted, told,
                     _NO_EVENT)
            )  # fmt: skip
    for subject_id, entry in named.items():
        heads += [
            Head(subject_id, entry.kind, entry.source, entry.subject, state.order, state.deleted,
                 tuple(parts.get((subject_id, state.order), ())), _NO_EVENT)
            for state in states_until(subjects[subject_id].states, at_us)
        ]  # fmt: skip
    return heads


def case_of(heads: Iterable[Head], record_id: str, limit: int) -> CaseChange | None:
    """The case of a record after all these states; None where it was of none."""
    memory = WholeMemory()
    cases: dict[str, CaseChange] = {}
    for head in heads:
        for change in link(memory, [head], limit).cases:
            cases[change.case_id] = change
    record = memory.record(record_id)
    if record is None or not record.current:
        return None
    return cases[record.case_id]
