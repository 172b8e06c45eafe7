"""CRO number: `NNNNNN/YYX`, or `SFYY/NNNNNNX` for files kept on paper only, whose serial is not padded.
Source: hmpps-person-record, CROIdentifier."""

import re

from processors.standardise.identifiers.base import Fault, Identifier, check_letter

_STANDARD = re.compile(r"(\d{1,6})/(\d{2})([A-Z])\Z")
_FILE_ONLY = re.compile(r"SF(\d{2})/([1-9]\d{0,5})([A-Z])\Z")


def parse_cro(raw: str) -> Identifier | Fault:
    """A CRO number; the one of zeros is a placeholder."""
    text = raw.strip().upper()
    found = _STANDARD.match(text)
    if found is not None:
        serial, year, letter = found.group(1).zfill(6), found.group(2), found.group(3)
        canonical = f"{serial}/{year}{letter}"
    else:
        found = _FILE_ONLY.match(text)
        if found is None:
            return Fault("cro", raw, "cro-format", "a CRO number is NNNNNN/YYX or SFYY/NNNNNNX")
        year, serial, letter = found.groups()
        canonical = f"SF{year}/{serial}{letter}"
    if letter != check_letter(int(year + serial)):
        return Fault("cro", raw, "cro-check-letter", "the check letter does not fit the year and serial")
    if not serial.strip("0"):
        return Fault("cro", raw, "cro-placeholder", "a serial of zeros is no one's")
    return Identifier("cro", canonical)
