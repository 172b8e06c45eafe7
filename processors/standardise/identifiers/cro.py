"""CRO number: `NNNNNN/YYX`, or `SFYY/NNNNNNX` for a small file, kept on paper only.

The serial of the first is padded to six digits. That of the second stays as it is written, and its letter is that of
the serial as written: padding it would make another number.
Source: hmpps-person-record, CROIdentifier; the placeholder of zeros: hmpps-person-match, its cleaning.
"""

import re

from processors.standardise.identifiers.base import Fault, Identifier
from processors.standardise.identifiers.check_letter import check_letter
from processors.standardise.identifiers.kinds import CRO

_STANDARD = re.compile(r"([0-9]{1,6})/([0-9]{2})([A-Z])")
_SMALL_FILE = re.compile(r"SF([0-9]{2})/([0-9]{1,6})([A-Z])")


def parse_cro(raw: str) -> Identifier | Fault:
    """A CRO number of either form."""
    text = raw.strip().upper()
    found = _STANDARD.fullmatch(text)
    if found is not None:
        serial, year, letter = found[1].zfill(6), found[2], found[3]
        value = f"{serial}/{year}{letter}"
    else:
        found = _SMALL_FILE.fullmatch(text)
        if found is None:
            return Fault(CRO, raw, "cro-format", "a CRO number is NNNNNN/YYX or SFYY/NNNNNNX")
        year, serial, letter = found[1], found[2], found[3]
        value = text
    if letter != check_letter(int(year + serial)):
        return Fault(CRO, raw, "cro-check-letter", "the check letter does not fit the year and serial")
    if not serial.strip("0"):
        return Fault(CRO, raw, "cro-placeholder", "a serial of zeros is no one's")
    return Identifier(CRO, value)
