"""What link must have at hand before it can apply messages: whole components, not only what the heads name."""

from collections.abc import Iterable
from typing import NamedTuple

from processors.linking.entries import RecordState, SubjectState
from processors.linking.memory import Memory
from schemas.flow import Head, Key, record_id_of
from schemas.linking import LINK_DECISION


class Needs(NamedTuple):
    """Ids of records and subjects, and identifiers."""

    entries: set[str]
    keys: set[Key]


def named(heads: Iterable[Head], reproject: Iterable[str] = ()) -> Needs:
    """What the heads name themselves, and the records that cases to be projected again are called after."""
    entries = {record_id_of(case_id) for case_id in reproject}
    keys: set[Key] = set()
    for head in heads:
        entries.add(head.subject_id)
        if head.kind == LINK_DECISION:
            entries.update(key.value for part in head.parts for key in part.keys)
            continue
        for part in head.parts:
            entries.add(part.record_id)
            keys.update(part.keys)
    return Needs(entries, keys)


def missing(memory: Memory, start: Needs, absent: set[str], limit: int) -> Needs:
    """What is not at hand of all that `start` leads to: the identifiers of its records, the records of those
    identifiers, the parts of its subjects, the records that people put together with it, and so on. `absent` are ids
    that are known not to exist. An identifier on far more than `limit` records ties nothing and is not followed."""
    lacking = Needs(set(), set())
    decisions, decided = memory.decisions, memory.decided
    entries, keys = list(start.entries), list(start.keys)
    seen_entries, seen_keys = set(start.entries), set(start.keys)

    def entry(entry_id: str) -> None:
        if entry_id not in seen_entries:
            seen_entries.add(entry_id)
            entries.append(entry_id)

    while entries or keys:
        while entries:
            entry_id = entries.pop()
            held = memory.entry(entry_id)
            if decisions:
                if entry_id in decisions:
                    for named_id in decisions[entry_id].named:
                        entry(named_id)
                    continue
                if entry_id in decided:
                    for decision in memory.inclusions(entry_id):
                        entry(decision.other(entry_id))
            if isinstance(held, RecordState):
                for key in held.keys:
                    if key not in seen_keys:
                        seen_keys.add(key)
                        keys.append(key)
            elif isinstance(held, SubjectState):
                for part in held.parts:
                    entry(part)
            elif entry_id not in absent:
                lacking.entries.add(entry_id)
        while keys:
            key = keys.pop()
            tie = memory.ties.get(key)
            if tie is None:
                lacking.keys.add(key)
            elif len(tie.nodes) <= limit + len(start.entries):
                for node in tie.nodes:
                    entry(node.record_id)
    return lacking
