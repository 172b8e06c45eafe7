"""The courts' case numbers: of the Crown Court, of the PNC's court register, of Libra (magistrates' courts).

Sources: Claim-for-Crown-Court-Defence (Crown), bichard7-next-core (HO100203, the form of the PNC's), court-case-matcher
(Libra). No public code tells the check letter of the PNC's court reference; the PNC id's rule, over year, court and
sequence, fits the published examples.
"""

import re

from processors.standardise.identifiers.base import Fault, Identifier
from processors.standardise.identifiers.check_letter import check_letter
from processors.standardise.identifiers.kinds import CROWN_CASE_NUMBER, LIBRA_CASE_NUMBER, PNC_COURT_REFERENCE

_CROWN = re.compile(r"[BASTU](?:199|20[0-9])[0-9]{5}")
_PNC_COURT = re.compile(r"([0-9]{2})/([0-9]{4})/([0-9]{1,6})([A-HJ-NP-RT-Z])")
_LIBRA = re.compile(r"[0-9]{10}")
_COURT = re.compile(r"([A-Z][0-9]{2}[A-Z]{2})(?:[0-9]{2})?")


def parse_crown_case_number(raw: str) -> Identifier | Fault:
    """A Crown Court case number: a letter, the year from 1990 on, four digits (T20170101)."""
    text = raw.strip().upper()
    if not _CROWN.fullmatch(text):
        return Fault(CROWN_CASE_NUMBER, raw, "crown-case-number-format", "a letter of BASTU, a year, four digits")
    return Identifier(CROWN_CASE_NUMBER, text)


def parse_pnc_court_reference(raw: str) -> Identifier | Fault:
    """A PNC court case reference: YY/court/sequence and check letter, the sequence padded to six digits."""
    text = raw.strip().upper()
    found = _PNC_COURT.fullmatch(text)
    if found is None:
        return Fault(PNC_COURT_REFERENCE, raw, "pnc-court-reference-format", "YY/court/sequence and a check letter")
    year, court, sequence, letter = found[1], found[2], found[3].zfill(6), found[4]
    if letter != check_letter(int(year + court + sequence)):
        return Fault(PNC_COURT_REFERENCE, raw, "pnc-court-reference-check-letter", "the check letter does not fit")
    return Identifier(PNC_COURT_REFERENCE, f"{year}/{court}/{sequence}{letter}")


def parse_libra_case_number(raw: str) -> Identifier | Fault:
    """`court/number` of a Libra case: ten digits, not all zero, within a court. Each court counts for itself, so the
    number alone is nobody's. The court is its OU code, of which Libra writes five characters and others seven; the last
    two name a part of the court."""
    court, _, number = (part.strip() for part in raw.upper().rpartition("/"))
    if not _LIBRA.fullmatch(number):
        return Fault(LIBRA_CASE_NUMBER, raw, "libra-case-number-format", "a Libra case number is ten digits")
    if number == "0000000000":
        return Fault(LIBRA_CASE_NUMBER, raw, "libra-case-number-placeholder", "a number of zeros is no case's")
    found = _COURT.fullmatch(court)
    if found is None:
        return Fault(LIBRA_CASE_NUMBER, raw, "libra-case-number-no-court", "a Libra number counts within its court")
    return Identifier(LIBRA_CASE_NUMBER, f"{found[1]}/{number}")
