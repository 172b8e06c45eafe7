"""Identifiers of people, which never join cases: prison number, CRN, national insurance and driver number.

Sources: hmpps-integration-api (CRN, prison number), the courts' and SPI schemas (NI and driver number).
"""

import re

from processors.standardise.identifiers.base import Fault, Identifier

_CRN = re.compile(r"[A-Z]\d{6}\Z")
_PRISON = re.compile(r"[A-Z]\d{4}[A-Z]{2}\Z")
_NINO = re.compile(r"(?!BG|GB|NK|KN|TN|NT|ZZ)[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z]\d{6}[A-D]?\Z")
_DRIVER = re.compile(r"[A-Z0-9]{5}\d[0156]\d(?:0[1-9]|[12]\d|3[01])\d[A-Z0-9]{3}[A-Z]{2}\Z")


def parse_crn(raw: str) -> Identifier | Fault:
    """A probation case reference number: a capital letter and six digits."""
    if not _CRN.match(raw):
        return Fault("crn", raw, "crn-format", "a CRN is a capital letter and six digits")
    return Identifier("crn", raw)


def parse_prison_number(raw: str) -> Identifier | Fault:
    """A prison (NOMS) number; case is raised, as prisons do."""
    text = raw.strip().upper()
    if not _PRISON.match(text):
        return Fault("prison_number", raw, "prison-number-format", "a prison number is A1234BC")
    return Identifier("prison_number", text)


def parse_nino(raw: str) -> Identifier | Fault:
    """A national insurance number, without spaces."""
    text = "".join(raw.upper().split())
    if not _NINO.match(text):
        return Fault("nino", raw, "nino-format", "two letters, six digits, a letter of A to D, and no excluded prefix")
    return Identifier("nino", text)


def parse_driver_number(raw: str) -> Identifier | Fault:
    """A driver number of 16 characters: name, birth date, initials and check."""
    text = raw.strip().upper()
    if not _DRIVER.match(text):
        return Fault("driver_number", raw, "driver-number-format", "a driver number has 16 characters in its pattern")
    return Identifier("driver_number", text)
