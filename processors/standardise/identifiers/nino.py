"""National insurance number: two letters, six digits, and a letter of A to D that may be missing. Prefixes that are
never given out are refused. Source: the courts' schemas (person, nationalInsuranceNumber)."""

import re

from processors.standardise.identifiers.base import Fault, Identifier
from processors.standardise.identifiers.kinds import NINO

_NINO = re.compile(r"(?!BG|GB|NK|KN|TN|NT|ZZ)[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z][0-9]{6}[A-D]?")


def parse_nino(raw: str) -> Identifier | Fault:
    """A national insurance number in capitals, without spaces."""
    text = "".join(raw.upper().split())
    if not _NINO.fullmatch(text):
        return Fault(NINO, raw, "nino-format", "two letters, six digits, a letter of A to D, and no excluded prefix")
    return Identifier(NINO, text)
