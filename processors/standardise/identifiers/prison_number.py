"""Prison (NOMS) number: a letter, four digits, two letters. Source: hmpps-prisoner-search, which raises the case."""

import re

from processors.standardise.identifiers.base import Fault, Identifier
from processors.standardise.identifiers.kinds import PRISON_NUMBER

_PRISON_NUMBER = re.compile(r"[A-Z][0-9]{4}[A-Z]{2}")


def parse_prison_number(raw: str) -> Identifier | Fault:
    """A prison number, in capitals."""
    text = raw.strip().upper()
    if not _PRISON_NUMBER.fullmatch(text):
        return Fault(PRISON_NUMBER, raw, "prison-number-format", "a prison number has the form A1234BC")
    return Identifier(PRISON_NUMBER, text)
