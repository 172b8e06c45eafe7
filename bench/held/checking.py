"""The corrections were found as held records: each in the case that it was in, one state more, one row."""

from collections.abc import Sequence

from bench.held.copies import Copies
from bench.held.history import EPOCH, History
from bench.held.mix import Correction
from clickhouse.store import Store
from streams.topics import version

_RECORDS = """
SELECT record_id, states, digest, version FROM casestream.records FINAL WHERE record_id IN {keys:Array(String)}
"""
_MEMBERS = """
SELECT record_id, case_id FROM casestream.case_members FINAL WHERE record_id IN {keys:Array(String)}
"""


class NotFoundError(AssertionError):
    """A correction that link took for a new record, or that left its case."""


def check(store: Store, history: History, copies: Copies, corrections: Sequence[Correction]) -> None:
    """Raises NotFoundError with the first that is not as it should be, and how many are not."""
    held = history.rows["linked_records"]
    before = {
        record_id: (case_id, states)
        for record_id, case_id, states in zip(held["record_id"], held["case_id"], held["states"], strict=True)
    }
    ids = [one.head.subject_id for one in corrections]
    records = _rows(store, _RECORDS, ids)
    members = _rows(store, _MEMBERS, ids)
    first = version(EPOCH, copies.end_offset)
    wrong = []
    for one in corrections:
        case_id, states = before[one.original]
        wanted = ([(states + 1, one.head.order.digest, True)], [(copies.id_of(case_id, one.copy),)])
        found = (
            [(states, digest, int(str(at)) >= first) for states, digest, at in records.get(one.head.subject_id, [])],
            members.get(one.head.subject_id, []),
        )
        if found != wanted:
            wrong.append(f"{one.head.subject_id}: {found} where {wanted} was expected")
    if wrong:
        raise NotFoundError(f"{len(wrong)} of {len(corrections)} corrections are not as they should be: {wrong[0]}")


def _rows(store: Store, sql: str, ids: Sequence[str]) -> dict[str, list[tuple[object, ...]]]:
    columns = store.lookup(sql, ids, {})
    found: dict[str, list[tuple[object, ...]]] = {}
    for record_id, *rest in zip(*columns.values(), strict=True):
        found.setdefault(record_id, []).append(tuple(rest))
    return found
