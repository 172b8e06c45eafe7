"""A case as it was known at an earlier time: its records then and its rows, made by the same linking and projection.

Records that left the case meanwhile are found by the identifiers that they ever carried, also by those of a state that
came too late to count, and by the decisions that ever named them. An identifier that is, or was, on too many records is
held out.
"""

from typing import NamedTuple

from clickhouse.queries import read
from processors.cases.histories import RecordHistory, RecordState, parse_body
from processors.cases.offences import BUILT_IN
from processors.cases.project import CaseRows, project_case
from processors.linking import as_known
from processors.linking.entries import MULTI_PART_KINDS, DecisionState, SubjectState
from processors.linking.entries import RecordState as Entry
from processors.standardise.identifiers import key_hash
from schemas.flow import Key
from streams.flag_rules import in_force
from streams.look import Look


class Known(NamedTuple):
    """A case at a time: its id then, its records, its rows by table."""

    case_id: str
    records: tuple[str, ...]
    rows: CaseRows


def case_as_known(look: Look, record_id: str, at_us: int) -> Known | None:
    """The case of a record, from what sources had told by `at_us` (microseconds since 1970 UTC); None where nothing
    of the record was known then, or it was deleted. Raises StoreError."""
    entries, bodies, too_common = _reached(look, record_id, at_us)
    subjects = {one.subject_id: look.subject(one.subject_id) for one in entries.values() if isinstance(one, Entry)
                and one.kind in MULTI_PART_KINDS}  # fmt: skip
    held = {subject_id: subject for subject_id, subject in subjects.items() if isinstance(subject, SubjectState)}
    heads = as_known.heads_until(entries.values(), held, bodies, at_us, frozenset(too_common))
    case = as_known.case_of(heads, record_id, look.limit)
    if case is None:
        return None
    histories = [
        RecordHistory(
            one.record_id, one.kind, one.source, one.subject, one.part,
            tuple(
                RecordState(
                    state.order, state.deleted,
                    None if state.deleted else parse_body(one.kind, bodies[one.record_id, state.order.digest]),
                )
                for state in one.states
            ),
            one.reason,
        )
        for one in case.members
    ]  # fmt: skip
    rows = project_case(case.case_id, histories, BUILT_IN, in_force(look.store).rules)
    return Known(case.case_id, tuple(one.record_id for one in case.members), rows)


def _reached(
    look: Look, record_id: str, at_us: int
) -> tuple[dict[str, Entry | DecisionState], dict[tuple[str, str], bytes], set[Key]]:
    """The records that identifiers and decisions led to by then, with the bodies of their states; and the identifiers
    that are on too many records to be followed."""
    entries: dict[str, Entry | DecisionState] = {}
    bodies: dict[tuple[str, str], bytes] = {}
    too_common: set[Key] = set()
    seen_keys: set[Key] = set()
    decided = _named_by(look)
    wanted = {record_id}
    while wanted:
        fresh: list[Entry | DecisionState] = []
        for one in sorted(wanted):
            found = look.record(one) or look.memory.decisions.get(one)
            if found is not None:
                entries[one] = found
                fresh.append(found)
        bodies.update(look.bodies_of([one.record_id for one in fresh]))
        keys = {
            key
            for one in fresh
            for state in as_known.states_until(one.states, at_us)
            if not state.deleted
            for key in as_known.keys_of(one.kind, bodies[one.record_id, state.order.digest])
        } - seen_keys  # fmt: skip
        seen_keys |= keys
        reached: set[str] = {key.value for key in keys if key.kind in ("include", "exclude")}
        for key, carriers in _ever(look, keys).items():
            if len(carriers) > look.limit:
                too_common.add(key)
            else:
                reached |= carriers
        reached |= {decision_id for decision_id, named in decided.items() if not named.isdisjoint(entries)}
        wanted = reached - entries.keys() - wanted
    return entries, bodies, too_common


def _named_by(look: Look) -> dict[str, frozenset[str]]:
    """The records that each decision ever named. What it names now is at hand; what it named is in its bodies."""
    decisions = look.decisions()
    changed = [one for one in decisions if len(one.states) > 1]
    bodies = look.bodies_of([one.record_id for one in changed])
    named = {one.record_id: frozenset(one.named) for one in decisions}
    for one in changed:
        named[one.record_id] |= {
            key.value
            for state in one.states
            if not state.deleted
            for key in as_known.keys_of(one.kind, bodies[one.record_id, state.order.digest])
        }
    return named


def _ever(look: Look, keys: set[Key]) -> dict[Key, set[str]]:
    """The records that ever carried some identifiers."""
    found: dict[Key, set[str]] = {}
    hashes = sorted({key_hash(*key) for key in keys})
    if hashes:
        rows = look.store.lookup(read("link_keys_ever"), hashes, {})
        for kind, value, record_id in zip(rows["key_kind"], rows["key_value"], rows["record_id"], strict=True):
            key = Key(kind, value)
            if key in keys:
                found.setdefault(key, set()).add(record_id)
    return found
