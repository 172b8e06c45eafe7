"""`casestream quality`: what the feeds are like: complete, valid, in time, once, consistent, and linked."""

from typing import Annotated

import typer

from casestream.agency import Agency
from casestream.console import print_json, table
from casestream.endpoints import Place
from casestream.errors import UserError
from casestream.options import AsJson, Data
from clickhouse.queries import read
from clickhouse.store import Store
from schemas.areas import AreaError
from schemas.areas import force as force_of

SECTIONS: dict[str, tuple[str, ...]] = {
    "completeness": ("agency", "thing", "field", "things", "complete"),
    "validity": ("agency", "thing", "rule", "found"),
    "timeliness": ("agency", "messages", "without_time", "later_than_hour", "later_than_day", "from_the_future"),
    "uniqueness": ("agency", "messages", "repeated"),
    "consistency": ("agency", "rule", "things", "inconsistent"),
    "links": ("agency", "other", "records", "linked"),
    "rejects": ("agency", "stage", "rule", "field", "rejected"),
}
"""What is asked, each the query `quality_NAME.sql`, and its columns."""

_BY_FORCE = frozenset({"completeness", "consistency", "links"})
_SHARES = {"completeness": ("things", "complete"), "consistency": ("things", "inconsistent"),
           "uniqueness": ("messages", "repeated"), "links": ("records", "linked")}  # fmt: skip


def quality(
    agency: Annotated[Agency | None, typer.Option(help="Only what one agency sends.", show_default=False)] = None,
    force: Annotated[
        str | None,
        typer.Option(metavar="FORCE", help="Only one force's cases: number, ONS code or name; where cases count."),
    ] = None,
    as_json: AsJson = False,
    data: Data = None,
) -> None:
    """Show data quality by agency: completeness of fields, broken rules and unknown codes, late and repeated messages,
    facts that contradict each other, links between agencies, and rejects by rule. Counts only: no identifiers."""
    try:
        number = force_of(force).number if force is not None else ""
    except AreaError as error:
        raise UserError(str(error)) from None
    store = Place.of(data).store()
    try:
        found = {name: section(store, name, agency.value if agency is not None else "", number) for name in SECTIONS}
    finally:
        store.close()
    if number:
        found = {name: rows for name, rows in found.items() if name in _BY_FORCE}
    if as_json:
        print_json(found)
        return
    for name, rows in found.items():
        if rows:
            table(name.capitalize(), list(rows[0]), [list(row.values()) for row in rows])


def section(store: Store, name: str, agency: str, force: str) -> list[dict[str, object]]:
    """The rows of one section; a share, from 0 to 1, where things are counted of others. Raises StoreError."""
    rows = []
    for told in store.query(read(f"quality_{name}"), {"agency": agency, "force": force}):
        row: dict[str, object] = dict(zip(SECTIONS[name], told, strict=True))
        if name in _SHARES:
            whole, part = (int(str(row[column])) for column in _SHARES[name])
            row["share"] = round(part / whole, 4) if whole else None
        rows.append(row)
    return rows
