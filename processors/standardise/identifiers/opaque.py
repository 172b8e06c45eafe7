"""Ids that only their owner understands: UUIDs of the courts, ids of CPS and HMPPS.

A UUID is compared in lower case, anything else as it is written. Ids that look like a template's (HEARING_ID) are ids
too: nothing says what an owner may call a thing. Only an id without any content, empty or of zeros, names nothing.
"""

import re

from processors.standardise.identifiers.base import Fault, Identifier

_UUID = re.compile(r"[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}")


def parse_opaque(kind: str, raw: str) -> Identifier | Fault:
    """An opaque id of a kind, stripped. The rule of its fault is its kind's: `court-case-id-empty`."""
    text = raw.strip()
    if not text.strip("0-"):
        return Fault(kind, raw, f"{kind.replace('_', '-')}-empty", "an empty or all-zero id names nothing")
    return Identifier(kind, text.lower() if _UUID.fullmatch(text) else text)
