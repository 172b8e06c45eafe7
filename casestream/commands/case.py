"""`casestream case`: a case as it is known, now or as it was at an earlier time."""

from datetime import UTC, date, datetime, timedelta
from typing import Annotated

import typer

from casestream.console import print_json, print_line, table
from casestream.endpoints import Place
from casestream.errors import Exit, UserError
from casestream.options import AsJson, Data
from casestream.periods import edge
from schemas.flow import is_case_id, is_record_id, record_id_of
from schemas.rows import Row
from schemas.tables import TABLES
from streams.as_known import Known, case_as_known
from streams.look import Look

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def case(
    case_id: Annotated[str, typer.Argument(metavar="CASE", help="A case id, or a record id: the case that it is of.",
                                           show_default=False)],
    as_of: Annotated[
        str, typer.Option("--as-of", metavar="TIME", help="What sources had told by the end of it: 2026, 2026-01-31, "
                                                          "2026-01-31T10:00, now-1y.")
    ] = "now",
    as_json: AsJson = False,
    data: Data = None,
) -> None:
    """Show a case: its rows by table, as its sources had told it by a time of theirs, whenever it arrived. A state
    without a time counts from the beginning. Exit code 1 where nothing of the case was known then."""
    if not is_case_id(case_id) and not is_record_id(case_id):
        raise UserError(f"{case_id!r} is no case id: c and 24 hexadecimal digits (or r and 24: a record)")
    at = edge("--as-of", as_of, datetime.now(UTC), end=True)
    record_id = record_id_of(case_id) if is_case_id(case_id) else case_id
    store = Place.of(data).store()
    try:
        look = Look(store)
        if look.record(record_id) is None:
            raise UserError(f"{case_id}: link knows no such case or record, and never did")
        found = case_as_known(look, record_id, (at - _EPOCH) // timedelta(microseconds=1))
    finally:
        store.close()
    if as_json:
        print_json(_figures(case_id, at, found))
    elif found is None:
        print_line(f"{case_id}: nothing was known of it at {at.isoformat()}, or it was deleted")
    else:
        _tell(case_id, at, found)
    if found is None:
        raise typer.Exit(Exit.FINDING)


def _figures(asked: str, at: datetime, found: Known | None) -> dict[str, object]:
    return {
        "asked": asked, "as_of": at.isoformat(), "case": None if found is None else found.case_id,
        "records": [] if found is None else list(found.records),
        "tables": {} if found is None else {
            name: [_readable(name, row) for row in rows] for name, rows in found.rows.items()
        },
    }  # fmt: skip


def _tell(asked: str, at: datetime, found: Known) -> None:
    if asked[1:] != found.case_id[1:]:
        print_line(f"{asked} was in {found.case_id} then")
    print_line(f"{found.case_id} as known at {at.isoformat()}, {len(found.records)} records")
    for row in found.rows.get("cases", ()):
        told = [(name, value) for name, value in _readable("cases", row).items() if value not in (None, "", [], 0)]
        table("The case", ("field", "value"), told[1:])
    counts = [(name, len(rows)) for name, rows in found.rows.items() if name not in ("cases", "case_events")]
    table("Rows", ("table", "rows"), counts)
    events = [_readable("case_events", row) for row in found.rows.get("case_events", ())]
    events.sort(key=lambda one: (str(one["at"] or ""), str(one["record_id"])))
    table("Timeline", ("at", "agency", "what", "detail"), [
        (one["at"], one["agency"], one["what"], one["detail"]) for one in events
    ])


def _readable(name: str, row: Row) -> dict[str, object]:
    """A row by column: instants and days in ISO 8601."""
    return {
        column.name: _value(column.type, value) for column, value in zip(TABLES[name].columns, row, strict=True)
    }


def _value(kind: str, value: object) -> object:
    if isinstance(value, tuple):
        return list(value)
    if not isinstance(value, int):
        return value
    if "DateTime64" in kind:
        return (_EPOCH + timedelta(milliseconds=value)).isoformat(timespec="milliseconds")
    if "Date32" in kind:
        return (date(1970, 1, 1) + timedelta(days=value)).isoformat()
    return value
