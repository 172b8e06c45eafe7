"""A crime reference: free text, each force has its own form. Nothing in it can be checked.

It must be unique in the whole country as it is sent: a force's own number comes with its force in it (40/12345/22).
The crime ids of police open data are 64 hexadecimal digits, which join nothing but each other; they are kept in lower
case, as they are published.
"""

import re

from processors.standardise.identifiers.base import Fault, Identifier
from processors.standardise.identifiers.kinds import CRIME_REF
from processors.standardise.identifiers.placeholders import is_placeholder

_OPEN_DATA_ID = re.compile(r"[0-9A-F]{64}")
_SHORTEST = 4


def parse_crime_reference(raw: str) -> Identifier | Fault:
    """A crime reference in capitals, without spaces; an open-data crime id in lower case."""
    text = "".join(raw.upper().split())
    if len(text) < _SHORTEST or is_placeholder(text):
        return Fault(CRIME_REF, raw, "crime-ref-placeholder", "no reference that tells one crime from another")
    return Identifier(CRIME_REF, text.lower() if _OPEN_DATA_ID.fullmatch(text) else text)
