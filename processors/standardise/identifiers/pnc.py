"""PNC id: year, serial, check letter; canonical `YYYY/NNNNNNNX`.

Where systems differ, one rule each: the slash is optional and always written; the serial is padded to seven digits;
case is raised; a two-digit year up to the pivot is of this century (as the Core Person Record reads it, though prisons
pivot at 39: `30/...` is 1930 until 2030). The letter depends on year and serial alone: it cannot check the century.
Source: hmpps-person-record, PNCIdentifier.
"""

import re

from processors.standardise.identifiers.base import Fault, Identifier, check_letter

PIVOT_YEAR = 26
"""The last two-digit year that is read as 20YY; fixed, because processors have no clock."""

_LONG = re.compile(r"(\d{4})(\d{7})([A-Z])\Z")
_SLASHED = re.compile(r"(\d{4}|\d{2})/(\d{1,7})([A-Z])\Z")
_SHORT = re.compile(r"(\d{2})(\d{1,7})([A-Z])\Z")


def parse_pnc(raw: str, pivot_year: int = PIVOT_YEAR) -> Identifier | Fault:
    """A PNC id as any agency writes it. Without a slash, twelve characters are a four-digit year, fewer a two-digit
    one. An id whose letter is wrong is a fault: it is common in typed data and would join strangers."""
    text = raw.strip().upper()
    found = _SLASHED.match(text)
    if found is None:
        found = _LONG.match(text) if len(text) == 12 else _SHORT.match(text)
    if found is None:
        return Fault("pnc", raw, "pnc-format", "a PNC id is YYYY/NNNNNNNX, the year in two or four digits")
    year, serial, letter = found.group(1), found.group(2).zfill(7), found.group(3)
    if letter != check_letter(int(year[-2:] + serial)):
        return Fault("pnc", raw, "pnc-check-letter", "the check letter does not fit the year and serial")
    if len(year) == 2:
        year = ("20" if int(year) <= pivot_year else "19") + year
    if serial == "0000000":
        return Fault("pnc", raw, "pnc-placeholder", "a serial of zeros is no one's")
    return Identifier("pnc", f"{year}/{serial}{letter}")
