"""Arrest or summons number: `YY FF UU SS NNNNNNNNNNN X`, 20 characters: year, force, unit, system, sequence, check.

With an extra top-level code behind the year it has 21: the code is dropped. The short form with slashes has its
sequence padded to eleven digits. Courts check nothing: a number whose letter is wrong is mistyped, and links nothing.
Source: bichard7-next-core, lib/Asn, isAsnValid, isDummyAsn.
"""

import re

from processors.standardise.identifiers.base import Fault, Identifier, check_letter

_LONG = re.compile(r"(\d{2})[A-Z0-9]?([A-Z0-9]{2})([A-Z0-9]{2})([A-Z0-9]{2})(\d{11})([A-HJ-NP-RT-Z])\Z")
_SLASHED = re.compile(r"(\d{2})/[A-Z0-9]?([A-Z0-9]{2})([A-Z0-9]{2})/([A-Z0-9]{2})/(\d{1,11})([A-HJ-NP-RT-Z])\Z")
_DUMMY = re.compile(
    r"0800[NP]P01|\d\d..NRPR|\d\d12LN00|\d\d00NP00|\d\d6300|\d\d06SS|\d\d00XX|\d\d50(?:11|12|21|41|42|43|OF|SJ)"
)


def parse_asn(raw: str) -> Identifier | Fault:
    """An arrest or summons number in its 20-character form."""
    text = raw.strip().upper()
    found = (_SLASHED if "/" in text else _LONG).match(text)
    if found is None:
        return Fault("asn", raw, "asn-format", "an ASN is YYFFUUSSNNNNNNNNNNNX, 20 or 21 characters")
    year, force, unit, system, sequence, letter = found.groups()
    sequence = sequence.zfill(11)
    number = (force if force.isdigit() else "") + (system if system.isdigit() else "") + year + sequence
    if letter != check_letter(int(number)):
        return Fault("asn", raw, "asn-check-letter", "the check letter does not fit the number")
    canonical = f"{year}{force}{unit}{system}{sequence}{letter}"
    if _DUMMY.match(canonical):
        return Fault("asn", raw, "asn-dummy", "a dummy number that many cases share")
    return Identifier("asn", canonical)
