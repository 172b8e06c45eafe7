"""URN (PTI-URN): `FFUUNNNNNYY`, 11 characters: force, unit, sequence, year. Some systems send fewer digits, never more.

The force is always two digits, so a reference that starts with letters is not a police or CPS one. Other prosecutors'
references do arrive in the field of the URN: those that start with their authority's letters (TFL12345, TVL1234) are
taken as that authority's, so that they meet the same reference in its own field (see `prosecutor_ref`).
A URN has no check letter, and a case may be given another: it joins cases, but is never the name of one.
Source: SPI schemas (PTIURNtype), bichard7-next-core (HO100201 and its dummies, force codes).
"""

import re

from processors.standardise.identifiers.base import Fault, Identifier
from processors.standardise.identifiers.kinds import PROSECUTOR_REF, URN
from processors.standardise.identifiers.placeholders import is_placeholder

_URN = re.compile(r"[0-9]{2}[A-Z0-9]{2}[0-9]{3,7}")
_DUMMY = re.compile(r"00[NP]P|[0-9]{2}00")
_OTHER_PROSECUTOR = re.compile(r"([A-Z]{2,6})[0-9]{4,30}")


def parse_urn(raw: str) -> Identifier | Fault:
    """A police or CPS reference; or another prosecutor's, if it tells whose it is."""
    text = raw.strip().upper()
    if _URN.fullmatch(text):
        if _DUMMY.match(text):
            return Fault(URN, raw, "urn-dummy", "a dummy reference that many cases share")
        return Identifier(URN, text)
    if is_placeholder(text):
        return Fault(URN, raw, "urn-placeholder", "a placeholder, no reference of a case")
    found = _OTHER_PROSECUTOR.fullmatch(text)
    if found is None:
        return Fault(URN, raw, "urn-format", "a URN is force, unit and three to seven digits, 11 characters at most")
    return Identifier(PROSECUTOR_REF, f"{found[1]}:{text}")
