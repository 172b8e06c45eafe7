"""CRN: the case reference number of probation (Delius), which names a person: one or two capital letters, six digits.
Source: hmpps-integration-api: GetPersonService takes one or two letters, CrnSupplier one. What either takes is one
here, since a number that is refused ties nobody. Lower case is refused by both."""

import re

from processors.standardise.identifiers.base import Fault, Identifier
from processors.standardise.identifiers.kinds import CRN

_CRN = re.compile(r"[A-Z]{1,2}[0-9]{6}")


def parse_crn(raw: str) -> Identifier | Fault:
    """A probation case reference number."""
    text = raw.strip()
    if not _CRN.fullmatch(text):
        return Fault(CRN, raw, "crn-format", "a CRN is one or two capital letters and six digits")
    return Identifier(CRN, text)
