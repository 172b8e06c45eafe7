"""Cases in a batch of project -> the rows to write of each, and the keys of all that may exist."""

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from schemas.rows import Row
from schemas.tables import TABLES

RowKey = tuple[int, tuple[object, ...]]
"""A row's table, by its number in `TABLES`, and its key after the case id: texts and whole numbers."""

Columns = dict[str, Sequence[object]]

_TABLES = tuple(TABLES.values())
_NUMBER = {table.name: number for number, table in enumerate(_TABLES)}
_KEY_AT = tuple(tuple(table.row._fields.index(field) for field in table.key) for table in _TABLES)

_KEY_IS_NUMBER = tuple(
    tuple(table.columns[at].type in ("UInt16", "Date32") for at in key_at)
    for table, key_at in zip(_TABLES, _KEY_AT, strict=True)
)

Written = dict[RowKey, int]
"""The rows of a case that are live or may be: key -> hash of the row as written by this process, 0 when unknown."""


class Projected(NamedTuple):
    """What is known of a case: the version it was last projected at, whether by this assignment (then nothing below is
    of interest any more), and its rows."""

    version: int
    ours: bool
    written: Written


class Case:
    """A case in a batch: its rows as of the last message that could be projected, the keys of the rows at every
    message, and the last error. `rows` is None while no message of the batch could be projected. `anew`: a message asks
    for all rows."""

    __slots__ = ("anew", "error", "messages", "rows", "seen_at", "steps", "version")

    def __init__(self, version: int) -> None:
        self.version = version
        self.seen_at = version
        self.rows: dict[RowKey, Row] | None = None
        self.steps: set[RowKey] = set()
        self.messages = 0
        self.anew = False
        self.error = ""

    def step(self, version: int, rows: Mapping[str, Sequence[Row]]) -> None:
        """The case as of one message."""
        keyed: dict[RowKey, Row] = {}
        for name, of_table in rows.items():
            number = _NUMBER[name]
            key_at = _KEY_AT[number]
            for row in of_table:
                keyed[number, tuple([row[at] for at in key_at])] = row
        self.version = self.seen_at = version
        self.rows = keyed
        self.steps.update(keyed)
        self.messages += 1
        self.error = ""

    def fault(self, version: int, error: str) -> None:
        """The case could not be projected: it keeps the rows that it has."""
        self.seen_at = version
        self.messages += 1
        self.error = error

    def unwritten(self, error: str, *, may_exist: bool) -> None:
        """The rows of the case cannot be written: it keeps those that it has. `may_exist`: some of them may have been
        written all the same, so they are to be buried if they are not there next time."""
        self.rows = None
        if not may_exist:
            self.steps.clear()
        self.error = error


class BatchCases:
    """The cases of a batch."""

    def __init__(self) -> None:
        self.cases: dict[str, Case] = {}

    def of(self, case_id: str, version: int) -> Case:
        """A case of the batch, from its first message on."""
        case = self.cases.get(case_id)
        if case is None:
            case = self.cases[case_id] = Case(version)
        return case

    def fault_columns(self, faulted: set[str]) -> Columns:
        """Rows of case_faults: one for each case with an error, and a tombstone for each that is well again; no columns
        where there are none."""
        told = {case_id: case for case_id, case in self.cases.items() if case.error or case_id in faulted}
        return {} if not told else {
            "case_id": list(told),
            "error": [case.error for case in told.values()],
            "version": [case.seen_at for case in told.values()],
            "is_deleted": [int(not case.error) for case in told.values()],
        }


class BatchRows:
    """What a batch writes, by table."""

    def __init__(self) -> None:
        self.may_exist: dict[str, set[RowKey]] = {}
        self._rows: list[list[tuple[object, ...]]] = [[] for _ in _TABLES]

    def take(self, case_id: str, case: Case, before: Projected) -> Projected:
        """The rows of one case that must be written, and what is known then. After several messages all are written: an
        attempt that saw fewer of them may have left any row as it was in between. Where others went further than this
        chunk, their rows stand; a row of a step in between that they did not announce, because they passed over it, is
        buried under their version, or an old message that comes again would leave it."""
        may_exist = self.may_exist[case_id] = before.written.keys() | case.steps
        if case.rows is None:
            return Projected(before.version, before.ours, dict.fromkeys(may_exist, 0))
        if case.version < before.version:
            for key in case.steps - before.written.keys():
                self._rows[key[0]].append((*_tombstone(case_id, key), before.version, 1))
            return Projected(before.version, False, dict.fromkeys(may_exist, 0))
        written: Written = {}
        for key, row in case.rows.items():
            hashed = hash(row)
            written[key] = hashed
            if case.messages > 1 or case.anew or before.written.get(key) != hashed:
                self._rows[key[0]].append((*row, case.version, 0))
        for key in may_exist:
            if key not in case.rows:
                self._rows[key[0]].append((*_tombstone(case_id, key), case.version, 1))
        return Projected(case.version, True, written)

    def columns(self) -> Iterable[tuple[str, Columns]]:
        """The rows by column, of each table that has any."""
        for table, rows in zip(_TABLES, self._rows, strict=True):
            if rows:
                names = (*table.row._fields, "version", "is_deleted")
                yield table.name, dict(zip(names, zip(*rows, strict=True), strict=True))


def stored_key(table: str, fields: Sequence[bytes]) -> RowKey:
    """The key of a stored row, of its fields as text."""
    number = _NUMBER[table]
    numeric = _KEY_IS_NUMBER[number]
    return number, tuple(
        int(field) if is_number else field.decode() for field, is_number in zip(fields, numeric, strict=True)
    )


_EMPTY = {"String": "", "LowCardinality(String)": "", "Array(LowCardinality(String))": (), "Array(String)": ()}
_BLANK: tuple[list[object], ...] = tuple(
    [None if column.type.startswith("Nullable") else _EMPTY.get(column.type, 0) for column in table.columns]
    for table in _TABLES
)
"""A row of each table that says nothing."""


def _tombstone(case_id: str, key: RowKey) -> list[object]:
    """A row that holds only its key."""
    number, fields = key
    values = _BLANK[number].copy()
    values[0] = case_id
    for at, value in zip(_KEY_AT[number], fields, strict=True):
        values[at] = value
    return values
