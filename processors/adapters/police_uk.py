"""data.police.uk CSV -> police.incident, police.crime, police.crime_outcome, police.stop_search.

The three files of a force and month are recognised by their header, in any order of columns and with columns missing
that the contract can do without. A street row with a crime id is a crime; one without, whatever its crime type, is an
incident, which nothing tells apart from an identical row but its place among them. An outcome row is the crime's
outcome, a record of its own. Rows know their month only: `time` is that month. Stops carry their time, but no force:
that is in the name of the file, `2022-05-bedfordshire-stop-and-search.csv`.

Rows are read one by one, whatever the file's size, and a row that cannot be used is refused alone.
"""

import csv
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass

from pydantic import ValidationError

from processors.adapters.base import Refusal, SourceFile
from processors.adapters.police_uk_rows import Outcomes, Rows, Stops, Street
from processors.adapters.police_uk_texts import force_named
from processors.adapters.refuse import UnreadableError, refusal_from_validation
from schemas.events import Event

_STOPS_FILE = re.compile(r"\d{4}-\d{2}-(?P<slug>.+)-stop-and-search\.csv\Z", re.IGNORECASE)


def police_uk(source: SourceFile) -> Iterator[Event | Refusal]:
    """The events of a data.police.uk CSV file, in the order of its rows.

    Refusals of the file: `empty-file`, `unknown-header`, `unknown-force` (a stop-and-search file whose name says
    none). Of a row: `malformed-csv`, `not-utf-8`, `wrong-number-of-columns`, `unknown-force`, `invalid-<field>`."""
    rows = _rows(source.content)
    first = next(rows, None)
    if first is None:
        yield Refusal("empty-file", "header", "", "a data.police.uk file begins with its header", 0, source.content)
        return
    header = [name.casefold() for name in first.values]
    try:
        reader = _reader_of(header, source.name)
    except UnreadableError as broken:
        yield broken.refusal(first.line, source.content)
        return
    for row in rows:
        yield from _events(reader, header, row)


@dataclass(frozen=True, slots=True)
class _Row:
    """A row with the physical lines it was read from. line: the first of them, from 1; error: why there are no
    values."""

    line: int
    values: list[str]
    lines: list[str]
    error: str = ""

    @property
    def raw(self) -> bytes:
        return "".join(self.lines).encode("utf-8", "surrogateescape")


def _rows(content: bytes) -> Iterator[_Row]:
    """The rows of a file that are not blank. Bytes that are no UTF-8 come through as lone surrogates."""
    text = io.TextIOWrapper(io.BytesIO(content), encoding="utf-8-sig", errors="surrogateescape", newline="")
    lines: list[str] = []

    def read() -> Iterator[str]:
        for line in text:
            lines.append(line)
            yield line

    reader = csv.reader(read())
    while True:
        lines.clear()
        try:
            values = [value.strip() for value in next(reader)]
        except StopIteration:
            return
        except csv.Error as error:
            yield _Row(reader.line_num - len(lines) + 1, [], lines[:], str(error))
            continue
        if any(values):
            yield _Row(reader.line_num - len(lines) + 1, values, lines[:])


def _reader_of(header: list[str], name: str) -> Rows:
    """What the header says the file is; raises UnreadableError."""
    columns = set(header)
    if "month" in columns and columns & {"reported by", "falls within"}:
        if "crime type" in columns:
            return Street(header)
        if {"outcome type", "crime id"} <= columns:
            return Outcomes(header)
    if {"date", "object of search", "outcome"} <= columns:
        found = _STOPS_FILE.search(name)
        slug = found["slug"] if found else name
        force = force_named(slug) if found else None
        if force is None:
            raise UnreadableError(
                "unknown-force", "file name", slug, "a file of stops is named YYYY-MM-<force>-stop-and-search.csv"
            )
        return Stops(header, force)
    raise UnreadableError(
        "unknown-header", "header", ",".join(header), "is the header of no street, outcomes or stop-and-search file"
    )


def _events(reader: Rows, header: list[str], row: _Row) -> Iterator[Event | Refusal]:
    """The event of a row. A stray quotation mark joins lines into one row: they are then read again one by one, so
    that it costs its own line and no other."""
    if len(row.values) == len(header):
        first = row.values[0].casefold()
        if first != header[0] or [value.casefold() for value in row.values] != header:  # joined files repeat it
            yield _event(reader, row)
    elif len(row.lines) > 1:
        for line, text in enumerate(row.lines, start=row.line):
            for single in _rows(text.encode("utf-8", "surrogateescape")):
                yield from _events(reader, header, _Row(line, single.values, [text], single.error))
    elif row.error:
        yield Refusal("malformed-csv", "row", "", row.error, row.line, row.raw)
    else:
        reason = f"the header has {len(header)} columns"
        yield Refusal("wrong-number-of-columns", "columns", str(len(row.values)), reason, row.line, row.raw)


def _event(reader: Rows, row: _Row) -> Event | Refusal:
    try:
        return reader.event(row.values)
    except UnreadableError as broken:
        return broken.refusal(row.line, row.raw)
    except ValidationError as error:
        return refusal_from_validation(error, row.line, row.raw)
    except UnicodeEncodeError:
        return Refusal("not-utf-8", "row", "", "a byte is no UTF-8", row.line, row.raw)
