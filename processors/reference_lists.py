"""National lists of codes, as files -> their entries. Each list has a form: the columns of its CSV file.

In: a CSV file with a heading, in UTF-8, or its text. Out: the entries, in the file's order. A file is taken as a whole
or not at all: what is wrong is a ListError with line, field, value and rule. A column beyond the form is kept.
"""

import csv
import io
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import partial
from typing import Final, TextIO

from processors.list_entries import ListEntry, ListError
from processors.postcode_list import read_districts
from schemas.areas import AreaError, area_named
from schemas.areas import force as force_of


@dataclass(frozen=True, slots=True)
class ListForm:
    """The form of a list: the column of the code and of its name, other columns that must be there, and what a column
    must look like (a pattern, and the rule in words). `named` false: the name may be empty. `optional`: columns that
    may be there, and how a value that is not empty is read (AreaError for one that is wrong)."""

    title: str
    code: str
    name: str
    columns: tuple[str, ...]
    patterns: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    named: bool = True
    by_year: bool = False
    optional: Mapping[str, Callable[[str], str]] = field(default_factory=dict)


_ID = (r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", "must be an id as the courts' reference data have it (UUID)")
_YES_NO = (r"True|False|true|false", "must be True or False")

POSTCODES: Final = "postcodes"
"""The list that is read by a reader of its own (`processors.postcode_list`)."""

FORMS: Final[dict[str, ListForm]] = {
    "offence-codes": ListForm(
        "CJS offence codes with their Home Office classes (PNLD, as the police results exchange publishes them)",
        "cjs_code", "title", ("category", "ho_classification", "notifiable_to_ho", "recordable_on_pnc"),
        {
            "cjs_code": (r"[A-Z]{2}[A-Z0-9]{5}", "must be a CJS offence code: 7 capitals and digits"),
            "category": (r"C[A-Z]", "must be C and a capital: CI, CE, CS, CM, CB, CR"),
            "ho_classification": (r"(\d{3}/\d{2})?", "must be a class as the courts write it (019/07), or empty"),
            "notifiable_to_ho": _YES_NO, "recordable_on_pnc": _YES_NO,
        },
    ),
    "courts": ListForm(
        "Court houses by organisation unit code",
        "ou_code", "court_name", ("court_type", "force_area_code"),
        {
            "ou_code": (r"[A-Z]\d{2}[A-Z0-9]{4}", "must be an OU code: a capital, the force's number, 4 characters"),
            "force_area_code": (r"\d{2}", "must be a force's number"),
        },
        named=False,
    ),
    "results": ListForm(
        "Result definitions of HMCTS", "id", "label", ("short_code", "cjs_code", "category"),
        {"id": _ID, "cjs_code": (r"(\d{1,5})?", "must be a number, or empty")},
    ),
    "trial-reasons": ListForm(
        "Reasons of cracked, ineffective and vacated trials of HMCTS", "id", "short_description",
        ("trial_type", "reason_code"),
        {"id": _ID, "trial_type": ("Cracked|Ineffective|Vacated", "must be Cracked, Ineffective or Vacated")},
    ),
    "prisons": ListForm(
        "Prisons by their id, and the region that each stands in", "prison_id", "name", (),
        {"prison_id": (r"[A-Z]{3}", "must be 3 capitals")},
        optional={"region": partial(area_named, "region")},
    ),
    "probation-regions": ListForm(
        "Regions of the Probation Service", "region_code", "name", (),
        {"region_code": (r"N\d{2}", "must be N and 2 digits")},
    ),
    "population": ListForm(
        "Population of police force areas, mid-year", "force", "population", ("year",),
        {
            "year": (r"(19|20)\d{2}", "must be a year"),
            "population": (r"[1-9]\d{2,8}", "must be a whole number of people, without separators"),
        },
        by_year=True,
    ),
    POSTCODES: ListForm(
        "Postcode districts by the police force area that all of each lies in (ONS Postcode Directory)",
        "pcds", "pfa", (), named=False,
    ),
}  # fmt: skip
"""The lists by name."""


def read_list(name: str, file: str | TextIO) -> list[ListEntry]:
    """The entries of a list's file, or of its text. Raises KeyError for an unknown list, ListError for a bad file, and
    UnicodeDecodeError for one that is not UTF-8."""
    form = FORMS[name]
    lines = io.StringIO(file.removeprefix("\ufeff"), newline="") if isinstance(file, str) else file
    if name == POSTCODES:
        return read_districts(lines)
    reader = csv.DictReader(io.StringIO(lines.read(), newline=""), strict=True)
    try:
        heading = reader.fieldnames
    except csv.Error as error:
        raise ListError(1, "(line)", "", f"is no CSV: {error}") from None
    _check_heading(form, heading)
    seen: dict[tuple[str, int], int] = {}
    entries = []
    for line, row in _rows(reader):
        entry = _entry(form, line, row)
        before = seen.setdefault((entry.code, entry.year), line)
        if before != line:
            raise ListError(line, form.code, entry.code, f"stands on line {before} already")
        entries.append(entry)
    if not entries:
        raise ListError(2, form.code, "", "the list is empty")
    return entries


def _check_heading(form: ListForm, heading: object) -> None:
    told = list(heading) if isinstance(heading, list | tuple) else []
    for column in (form.code, form.name, *form.columns):
        if column not in told:
            raise ListError(1, column, ",".join(map(str, told)), "the heading must name this column")


def _rows(reader: "csv.DictReader[str]") -> Iterator[tuple[int, dict[str, str]]]:
    while True:
        try:
            row = next(reader, None)
        except csv.Error as error:
            raise ListError(reader.line_num + 1, "(line)", "", f"is no CSV: {error}") from None
        if row is None:
            return
        if None in row or None in row.values():
            raise ListError(reader.line_num, "(line)", "", "must have as many fields as the heading")
        yield reader.line_num, {column: value.strip() for column, value in row.items()}


def _entry(form: ListForm, line: int, row: dict[str, str]) -> ListEntry:
    for column, (pattern, rule) in form.patterns.items():
        if not re.fullmatch(pattern, row[column]):
            raise ListError(line, column, row[column], rule)
    if form.named and not row[form.name]:
        raise ListError(line, form.name, "", "must not be empty")
    for column, read in form.optional.items():
        if row.get(column):
            row[column] = _area(line, column, row[column], read)
    code, name = row.pop(form.code), row.pop(form.name)
    if not form.by_year:
        return ListEntry(code, name, row)
    return ListEntry(_area(line, form.code, code, lambda text: force_of(text).number), name, {}, int(row["year"]))


def _area(line: int, column: str, value: str, read: Callable[[str], str]) -> str:
    try:
        return read(value)
    except AreaError as error:
        raise ListError(line, column, value, str(error).partition(": ")[2]) from None
