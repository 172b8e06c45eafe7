"""The ONS Postcode Directory -> postcode districts, each with the police force in whose area all of it lies.

In: the lines of its CSV file, or of another with a column of postcodes (`pcds`, else `pcd`, `pcd2`, `pcd7`, `pcd8`) and
one of police force areas (`pfa`, `pfa23`, `pfa23cd` ...), with codes of the Office for National Statistics. It has
millions of lines, so they are taken as they come, and what is kept is a district's forces. Out: an entry a district,
named by the force's number, or by nothing where several forces share it or a part lies outside England and Wales.
A postcode without a code says nothing of its district. Postcodes that are no longer in use count: people told them.
"""

import csv
import re
from collections.abc import Iterable
from typing import Final

from processors.list_entries import ListEntry, ListError
from processors.people.cleaning.places import clean_postcode, outcode
from schemas.areas import FORCES

_POSTCODES: Final = ("pcds", "pcd", "pcd2", "pcd7", "pcd8")
_FORCE_AREA = re.compile(r"pfa(\d\d)?(cd)?")
_CODE = re.compile(r"[A-Z]\d{8}")
_OURS: Final = ("E", "W")
_ELSEWHERE: Final = ""
_NUMBERS = {force.gss: number for number, force in FORCES.items() if force.gss}


def read_districts(lines: Iterable[str]) -> list[ListEntry]:
    """The districts in their order. Raises ListError; what the lines raise passes through."""
    reader = csv.reader(lines, strict=True)
    forces: dict[str, set[str]] = {}
    try:
        heading = [name.strip().lower() for name in next(reader, [])]
        at, of = _columns(heading)
        for row in reader:
            if len(row) != len(heading):
                raise ListError(reader.line_num, "(line)", "", "must have as many fields as the heading")
            postcode = clean_postcode(row[at])
            if postcode is None:
                raise ListError(reader.line_num, heading[at], row[at], "must be a postcode")
            told = forces.setdefault(outcode(postcode), set())
            if code := row[of].strip().upper():
                told.add(_number(reader.line_num, heading[of], code))
    except csv.Error as error:
        raise ListError(reader.line_num, "(line)", "", f"is no CSV: {error}") from None
    if not forces:
        raise ListError(2, heading[at], "", "the list is empty")
    return [ListEntry(name, next(iter(told)) if len(told) == 1 else "", {}) for name, told in sorted(forces.items())]


def _columns(heading: list[str]) -> tuple[int, int]:
    """Where the postcode and the code of the force area stand."""
    postcode = next((name for name in _POSTCODES if name in heading), None)
    area = next((name for name in heading if _FORCE_AREA.fullmatch(name)), None)
    for name, found in (("pcds", postcode), ("pfa", area)):
        if found is None:
            raise ListError(1, name, ",".join(heading), "the heading must name this column")
    assert postcode is not None and area is not None
    return heading.index(postcode), heading.index(area)


def _number(line: int, field: str, code: str) -> str:
    """The number of a force, or empty for a code that is of neither England nor Wales."""
    if not _CODE.fullmatch(code):
        raise ListError(line, field, code, "must be a code of the Office for National Statistics, such as E23000014")
    if not code.startswith(_OURS):
        return _ELSEWHERE
    number = _NUMBERS.get(code)
    if number is None:
        raise ListError(line, field, code, "no police force of England and Wales has this code")
    return number
