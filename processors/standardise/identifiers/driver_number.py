"""Driver number, 16 characters: five of the surname, decade, month (5 or 6 first for women), day, year, initials and
check. The commas that the SPI schema lets through by mistake are refused. Source: SPI schemas, bichard7-next-core."""

import re

from processors.standardise.identifiers.base import Fault, Identifier
from processors.standardise.identifiers.kinds import DRIVER_NUMBER

_DRIVER = re.compile(r"[A-Z0-9]{5}[0-9][0156][0-9](?:0[1-9]|[12][0-9]|3[01])[0-9][A-Z0-9]{3}[A-Z]{2}")


def parse_driver_number(raw: str) -> Identifier | Fault:
    """A driver number, in capitals."""
    text = raw.strip().upper()
    if not _DRIVER.fullmatch(text):
        return Fault(DRIVER_NUMBER, raw, "driver-number-format", "a driver number has 16 characters in its pattern")
    return Identifier(DRIVER_NUMBER, text)
