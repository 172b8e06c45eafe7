"""data.police.uk CSV -> police.incident, police.crime, police.crime_outcome, police.stop_search.

The three files of a force and month are recognised by their header, in any order of columns and with columns missing
that the contract can do without. One that rows need must be there, or no row would have a value in it: a street row
with a crime id is a crime; one without, whatever its crime type, is an incident, which nothing tells apart from an
identical row but its place among them. An outcome row is the crime's outcome, a record of its own. Rows know their
month only: `time` is that month. Stops carry their time, but no force: that is in the name of the file,
`2022-05-bedfordshire-stop-and-search.csv`. `SourceFile.at` is when the file was released; see `police_uk_rows`.

Rows are lines. They are read one by one, whatever the file's size, and a row that cannot be used is refused alone.
"""

import codecs
import re
from collections.abc import Iterator
from datetime import UTC, datetime

from pydantic import ValidationError

from processors.adapters.base import Refusal, SourceFile
from processors.adapters.csv_lines import Row, rows
from processors.adapters.police_uk_rows import Outcomes, Rows, Stops, Street
from processors.adapters.police_uk_texts import PoliceForce, force_named
from processors.adapters.refuse import UnreadableError, refusal_from_validation, shown
from processors.adapters.times import moment
from processors.standardise.moments import instant_us
from schemas.events import Event

_ARCHIVES = (b"PK\x03\x04", b"PK\x05\x06", b"\x1f\x8b")
"""How zip files (the second kind is an empty one) and gzip files begin."""

_STOPS_FILE = re.compile(r"\d{4}-\d{2}-(?P<slug>.+)-stop-and-search\.csv\Z", re.IGNORECASE)


def police_uk(source: SourceFile) -> Iterator[Event | Refusal]:
    """The events of a data.police.uk CSV file, in the order of its rows.

    Refusals of the file: `empty-file`, `compressed-file` (a zip), `not-utf-8`, `malformed-csv`, `unknown-header`,
    `missing-column`, `unknown-force` (a stop-and-search file whose name says none). Of a row: `malformed-csv`,
    `not-utf-8`, `wrong-number-of-columns`, `unknown-force`, `invalid-<field>`."""
    if unfit := _no_text(source.content):
        yield Refusal(unfit[0], "file", source.name, unfit[1], 0, source.content)
        return
    lines = rows(source.content)
    first = next(lines, None)
    if first is None:
        yield Refusal("empty-file", "header", "", "a data.police.uk file begins with its header", 0, source.content)
        return
    try:
        if first.error:
            raise UnreadableError("malformed-csv", "header", first.values[-1] if first.values else "", first.error)
        reader = _reader_of([name.casefold() for name in first.values], source.name, _release(source.at))
    except UnreadableError as broken:
        yield broken.refusal(first.line, source.content)
        return
    for row in lines:
        yield from _events(reader, first.values, row)


def _reader_of(header: list[str], name: str, release: str) -> Rows:
    """What the header says the file is; raises UnreadableError, rule `missing-column` for a file that lacks what its
    rows cannot do without: an absent column must not be taken for one without values."""
    columns = set(header)
    if "crime type" in columns:
        # the files of the first months, which give places as grid references, had no ids of crimes
        first_months = {"easting", "northing"} <= columns
        _demand(columns, "a street file", *([] if first_months else ["Crime ID"]), "Month")
        _demand_force(columns, "a street file")
        return Street(header, release)
    if "outcome type" in columns:
        _demand(columns, "an outcomes file", "Crime ID", "Month")
        _demand_force(columns, "an outcomes file")
        return Outcomes(header, release)
    if "object of search" in columns:
        _demand(columns, "a stop-and-search file", "Date", "Outcome")
        return Stops(header, _force_of_stops(name))
    raise UnreadableError(
        "unknown-header", "header", ",".join(header), "is the header of no street, outcomes or stop-and-search file"
    )


def _release(at: str | None) -> str:
    """The time of a release as digits that sort by it; empty where it is not known."""
    known = moment(at)
    return datetime.fromtimestamp(instant_us(known) // 1_000_000, UTC).strftime("%Y%m%d%H%M%S") if known else ""


def _demand(columns: set[str], what: str, *needed: str) -> None:
    for column in needed:
        if column.casefold() not in columns:
            raise UnreadableError("missing-column", column, None, f"{what} has the column {column}")


def _demand_force(columns: set[str], what: str) -> None:
    if not columns & {"reported by", "falls within"}:
        raise UnreadableError("missing-column", "Reported by", None, f"{what} has Reported by or Falls within")


def _force_of_stops(name: str) -> PoliceForce:
    found = _STOPS_FILE.search(name)
    force = force_named(found["slug"]) if found else None
    if force is None:
        raise UnreadableError(
            "unknown-force", "file name", found["slug"] if found else name,
            "a file of stops is named YYYY-MM-<force>-stop-and-search.csv",
        )
    return force


def _no_text(content: bytes) -> tuple[str, str] | None:
    """The rule and reason for a file that is no text in UTF-8 as a whole; None for one that can be read by lines."""
    if content.startswith(_ARCHIVES):
        return "compressed-file", "is an archive: unpack it, and give the CSV files that are in it"
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "not-utf-8", "is UTF-16: a data.police.uk file is UTF-8"
    return None


def _events(reader: Rows, header: list[str], row: Row) -> Iterator[Event | Refusal]:
    """The event of a row, or its refusal; nothing for a header that stands in the middle of joined files."""
    if row.error:
        # what the open quotation mark swallowed is the last value
        value = row.values[-1] if row.values else ""
        column = header[len(row.values) - 1] if 0 < len(row.values) <= len(header) else "row"
        yield Refusal("malformed-csv", column, shown(value), row.error, row.line, row.raw)
    elif len(row.values) != len(header):
        reason = f"the header has {len(header)} columns"
        yield Refusal("wrong-number-of-columns", "columns", str(len(row.values)), reason, row.line, row.raw)
    elif not _is_header(row.values, header):
        yield _event(reader, row)


def _is_header(values: list[str], header: list[str]) -> bool:
    if values[0].casefold() != header[0].casefold():  # nearly every row
        return False
    return [value.casefold() for value in values] == [name.casefold() for name in header]


def _event(reader: Rows, row: Row) -> Event | Refusal:
    try:
        return reader.event(row.values)
    except UnreadableError as broken:
        return broken.refusal(row.line, row.raw)
    except ValidationError as error:
        return refusal_from_validation(error, row.line, row.raw)
    except UnicodeEncodeError:
        return Refusal("not-utf-8", "row", "", "a byte is no UTF-8", row.line, row.raw)
