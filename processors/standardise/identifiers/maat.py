"""MAAT reference of legal aid: a number below 999,999,999. Legal aid's own dummies start with A (a link) or Z (an
unlink). Source: laa-court-data-adaptor, LaaReference."""

import re

from processors.standardise.identifiers.base import Fault, Identifier
from processors.standardise.identifiers.kinds import MAAT

_MAAT = re.compile(r"0*([1-9][0-9]{0,8})")
_DUMMY = re.compile(r"[AZ][0-9]+")
_LIMIT = 999_999_999


def parse_maat(raw: str) -> Identifier | Fault:
    """A MAAT reference without leading zeros."""
    text = raw.strip().upper()
    found = _MAAT.fullmatch(text)
    if found is not None and int(found[1]) < _LIMIT:
        return Identifier(MAAT, found[1])
    if _DUMMY.fullmatch(text):
        return Fault(MAAT, raw, "maat-dummy", "a dummy that stands for a link or an unlink")
    return Fault(MAAT, raw, "maat-format", "a MAAT reference is a number from 1 to 999,999,998")
