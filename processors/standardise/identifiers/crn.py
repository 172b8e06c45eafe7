"""CRN: the case reference number of probation (Delius), which names a person: a capital letter and six digits.
Source: hmpps-integration-api, CrnSupplier. Lower case is refused there too."""

import re

from processors.standardise.identifiers.base import Fault, Identifier
from processors.standardise.identifiers.kinds import CRN

_CRN = re.compile(r"[A-Z][0-9]{6}")


def parse_crn(raw: str) -> Identifier | Fault:
    """A probation case reference number."""
    text = raw.strip()
    if not _CRN.fullmatch(text):
        return Fault(CRN, raw, "crn-format", "a CRN is a capital letter and six digits")
    return Identifier(CRN, text)
