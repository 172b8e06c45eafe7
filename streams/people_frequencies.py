"""Snapshots of term frequencies: how often each value occurs among the person records, as it was once, under a name.

A snapshot is counted from the records as they are when it is taken, so a repeated event counts once. Its key is a
digest of all that it holds: rows of one key are always the same, and a score by it is a function of two records and the
model.
"""

from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime
from hashlib import blake2b
from itertools import islice
from types import MappingProxyType
from typing import Final, NamedTuple

from clickhouse.queries import read
from clickhouse.store import Store
from processors.people.cleaning import Counts, Snapshot, clean
from processors.people.cleaning.frequencies import COUNTED, NO_FREQUENCIES, POSTCODE_COLUMN, WITH_FREQUENCIES
from processors.people.model import Model
from streams.people_reading import stored_records

_ROWS_TOGETHER: Final = 100_000
_DAYS: Final = frozenset({"date_of_birth"})


class Taken(NamedTuple):
    """A snapshot: number, key, how many person records were counted, when (UTC), by whom and why."""

    number: int
    key: str
    records: int
    taken_at: datetime
    taken_by: str
    reason: str

    @property
    def name(self) -> str:
        """What it is called in rows."""
        return f"frequencies-{self.number}"


def take(store: Store, by: str, reason: str, at: datetime) -> Taken:
    """Count all person records as they are now, and keep the counts under the next number. `at`: now, with its zone.
    Raises StoreError."""
    counts, records = Counts(COUNTED), 0
    for part in stored_records(store):
        for one in part:
            counts.add(clean(one.record))
        records += len(part)
    rows = sorted(_rows(counts.snapshot("")))
    digest = blake2b(digest_size=8)
    for row in rows:
        digest.update(repr(row).encode())
    key, left = digest.hexdigest(), iter(rows)
    while some := list(islice(left, _ROWS_TOGETHER)):
        columns, values, counted = zip(*some, strict=True)
        store.insert(
            "people_frequencies",
            {"snapshot": [key] * len(some), "column": columns, "value": values, "records": counted},
        )
    made = Taken(max((one.number for one in taken(store)), default=0) + 1, key, records, at.astimezone(UTC), by, reason)
    store.insert(
        "people_snapshots",
        {"number": [made.number], "snapshot": [key], "records": [records], "taken_at": [made.taken_at],
         "taken_by": [by], "reason": [reason]},
    )  # fmt: skip
    return made


def _rows(snapshot: Snapshot) -> Iterator[tuple[str, str, int]]:
    for column, counts in snapshot.counts.items():
        for value, records in counts.items():
            yield column, str(value), records


def taken(store: Store) -> tuple[Taken, ...]:
    """All snapshots. Raises StoreError."""
    return tuple(
        Taken(int(str(number)), str(key), int(str(records)), _utc(at), str(by), str(reason))
        for number, key, records, at, by, reason in store.query(read("people_snapshots"), {})
    )


def frequencies(store: Store, key: str, columns: Sequence[str]) -> Snapshot:
    """Some columns of a snapshot; nothing where the key is empty. Raises StoreError, and ValueError for a key of no
    snapshot."""
    if not key:
        return NO_FREQUENCIES
    made = next((one for one in taken(store) if one.key == key), None)
    if made is None:
        raise ValueError(f"there is no snapshot {key}")
    found = store.query_columns(read("people_frequencies"), {"snapshot": key, "columns": list(columns)})
    counts: dict[str, dict[object, int]] = {column: {} for column in columns}
    for column, value, records in zip(found["column"], found["value"], found["records"], strict=True):
        counts[column][date.fromisoformat(value) if column in _DAYS else value] = records
    return Snapshot(
        made.name,
        MappingProxyType({column: MappingProxyType(counted) for column, counted in counts.items()}),
        MappingProxyType({column: sum(counted.values()) for column, counted in counts.items()}),
    )


def columns_of(model: Model) -> tuple[str, ...]:
    """The columns whose frequencies a model scores by."""
    levels = (level for comparison in model.comparisons for level in comparison.levels)
    postcodes = any(WITH_FREQUENCIES in level.sql for level in levels)
    return (*model.frequency_columns, *((POSTCODE_COLUMN,) if postcodes else ()))


def _utc(at: object) -> datetime:
    assert isinstance(at, datetime)
    return at.replace(tzinfo=UTC)
