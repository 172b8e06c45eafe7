"""Arrest or summons number: `YY FF UU SS NNNNNNNNNNN X`, 20 characters: year, force, unit, system, sequence, check.

With a top-level code behind the year it has 21: the code is dropped, also before the check. The PNC's form has slashes
and no leading zeros: its sequence is padded to eleven digits. The letter is that of force and system (each only if
all digits), year and sequence; never of the unit.

Courts do not check it, so wrong letters do arrive. A number that is well formed but has the wrong letter is counted
(`asn-check-letter`) and never links: most are mistyped, and a mistyped ASN is another person's. Whether the force and
unit exist is not checked: that list is the Home Office's and changes.
Source: bichard7-next-core, lib/Asn, isAsnValid, convertAsnToLongFormat, isDummyAsn.
"""

import re
from functools import lru_cache

from processors.standardise.identifiers.base import Fault, Identifier
from processors.standardise.identifiers.check_letter import check_letter
from processors.standardise.identifiers.kinds import ASN

_LONG = re.compile(r"([0-9]{2})[A-Z0-9]?([A-Z0-9]{2})([A-Z0-9]{2})([A-Z0-9]{2})([0-9]{11})([A-HJ-NP-RT-Z])")
_SLASHED = re.compile(
    r"([0-9]{2})/[A-Z0-9]?([A-Z0-9]{2})([A-Z0-9]{2})/([A-Z0-9]{2})/([0-9]{1,11})([A-HJ-NP-RT-Z])"
)
_DUMMY = re.compile(
    r"0800[NP]P01|[0-9]{2}(?:[A-Z0-9]{2}NRPR|12LN00|00NP00|6300|06SS|00XX|50(?:11|12|21|41|42|43|OF|SJ))"
)


def parse_asn(raw: str) -> Identifier | Fault:
    """An arrest or summons number in its 20-character form."""
    parts = _parts(raw)
    if parts is None:
        return Fault(ASN, raw, "asn-format", "an ASN is YYFFUUSSNNNNNNNNNNNX, 20 or 21 characters")
    year, force, _, system, sequence, letter = parts
    value = "".join(parts)
    if _DUMMY.match(value) or sequence == "00000000000":
        return Fault(ASN, raw, "asn-dummy", "a dummy number that many cases share")
    digits = (force if force.isdigit() else "") + (system if system.isdigit() else "") + year + sequence
    if letter != check_letter(int(digits)):
        return Fault(ASN, raw, "asn-check-letter", "the check letter does not fit the number")
    return Identifier(ASN, value)


def long_form(raw: str) -> str | None:
    """The 20 characters of whatever has the form of an ASN, dummies and mistyped ones too; None for what has not. Two
    spellings of one number are equal in it, whether or not the number counts."""
    parts = _parts(raw)
    return None if parts is None else "".join(parts)


def _parts(raw: str) -> tuple[str, ...] | None:
    """Year, force, unit, system, sequence of eleven digits, letter."""
    text = raw.strip().upper()
    found = (_SLASHED if "/" in text else _LONG).fullmatch(text)
    if found is None:
        return None
    *front, sequence, letter = found.groups()
    return (*front, sequence.zfill(11), letter)


@lru_cache(1 << 16)
def looks_like_asn(raw: str) -> bool:
    """Whether a reference has the form of an ASN and is no dummy. Within one case a mistyped number still tells its
    defendant from the others, so the check letter does not matter here."""
    found = parse_asn(raw)
    return isinstance(found, Identifier) or found.rule == "asn-check-letter"
