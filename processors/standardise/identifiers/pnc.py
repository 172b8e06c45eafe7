"""PNC id: year, serial, check letter; canonical `YYYY/NNNNNNNX`.

Where systems write it differently, one rule each:
  slash      optional when read, always written
  serial     padded to seven digits
  case       raised
  no slash   eleven or twelve characters have a year of four digits, fewer have one of two
  century    two digits up to the pivot are of this century, above it of the last
  letter     of the two-digit year and the serial: it cannot tell the century, and one that does not fit is a fault,
             since a mistyped id would join strangers
Source: hmpps-person-record, PNCIdentifier; hmpps-prisoner-search, CanonicalPnc.
"""

import re

from processors.standardise.identifiers.base import Fault, Identifier
from processors.standardise.identifiers.check_letter import check_letter
from processors.standardise.identifiers.kinds import PNC

PIVOT_YEAR = 38
"""The last two-digit year that is read as 20YY. Prisons use it; the Core Person Record uses the clock's year, which a
processor has not, and the two differ only for years to come and for people first recorded before 1939. A pivot that
is this year's would read the ids of the next year as of the last century."""

_SLASHED = re.compile(r"([0-9]{4}|[0-9]{2})/([0-9]{1,7})([A-Z])")
_LONG = re.compile(r"([0-9]{4})([0-9]{6,7})([A-Z])")
_SHORT = re.compile(r"([0-9]{2})([0-9]{1,7})([A-Z])")
_LONGEST_SHORT = 10


def parse_pnc(raw: str, pivot_year: int = PIVOT_YEAR) -> Identifier | Fault:
    """A PNC id as any agency writes it; `pivot_year` is the last two-digit year of this century."""
    text = raw.strip().upper()
    pattern = _SLASHED if "/" in text else _SHORT if len(text) <= _LONGEST_SHORT else _LONG
    found = pattern.fullmatch(text)
    if found is None:
        return Fault(PNC, raw, "pnc-format", "a PNC id is YYYY/NNNNNNNX, the year in two or four digits")
    year, serial, letter = found[1], found[2].zfill(7), found[3]
    if letter != check_letter(int(year[-2:] + serial)):
        return Fault(PNC, raw, "pnc-check-letter", "the check letter does not fit the year and serial")
    if serial == "0000000":
        return Fault(PNC, raw, "pnc-placeholder", "a serial of zeros is no one's")
    if len(year) == 2:
        year = ("20" if int(year) <= pivot_year else "19") + year
    return Identifier(PNC, f"{year}/{serial}{letter}")
