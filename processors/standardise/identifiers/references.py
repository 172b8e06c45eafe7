"""References of cases: URN, other prosecutors' references, court case numbers, crime references, and opaque ids.

Sources: SPI schemas (PTI-URN), bichard7-next-core (HO100201, HO100203), Claim-for-Crown-Court-Defence (Crown case
numbers), court-case-matcher (Libra).
"""

import re

from processors.standardise.identifiers.asn import parse_asn
from processors.standardise.identifiers.base import Fault, Identifier, check_letter

_URN = re.compile(r"[A-Z0-9]{4}\d{3,7}\Z")
_URN_DUMMY = re.compile(r"00[NP]P|\d\d00")
_UUID = re.compile(r"[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}\Z")
_CROWN = re.compile(r"[BASTU](?:199|20\d)\d{5}\Z")
_PNC_COURT = re.compile(r"(\d{2})/(\d{4})/(\d{1,6})([A-HJ-NP-RT-Z])\Z")
_LIBRA = re.compile(r"\d{10}\Z")
_PLACEHOLDER = re.compile(
    r"(?:REF\d*|URN(?:_NUMBER)?|TEST|TBC|TBA|UNKNOWN|NONE|NULL|N/?A|NOT ?KNOWN|X+|0+|-+|[%<{].*[%>}])\Z"
)
_MIN_REFERENCE = 4


def parse_urn(raw: str) -> Identifier | Fault:
    """A police or CPS reference, FFUUNNNNNYY, upper case, at most eleven characters."""
    text = raw.strip().upper()
    if not _URN.match(text):
        return Fault("urn", raw, "urn-format", "a URN is force, unit and three to seven digits, 11 characters at most")
    if _URN_DUMMY.match(text):
        return Fault("urn", raw, "urn-dummy", "a dummy reference that many cases share")
    return Identifier("urn", text)


def parse_prosecutor_reference(raw: str) -> Identifier | Fault:
    """Another prosecutor's reference, free text of 4 to 36 characters, after its authority's code and a colon. Under
    one authority it names one case; without an authority it could be anyone's."""
    authority, _, reference = raw.partition(":")
    reference = " ".join(reference.upper().split())
    if not _MIN_REFERENCE <= len(reference) <= 36 or _PLACEHOLDER.match(reference):
        return Fault("prosecutor_ref", raw, "prosecutor-ref-placeholder", "no reference that tells cases apart")
    if not any(letter.isdigit() for letter in reference):
        return Fault("prosecutor_ref", raw, "prosecutor-ref-format", "a reference has a number in it")
    if isinstance(parse_asn(reference), Identifier):
        return Identifier("asn", reference)
    if not authority.strip():
        return Fault("prosecutor_ref", raw, "prosecutor-ref-no-authority", "a reference counts within its authority")
    return Identifier("prosecutor_ref", f"{authority.strip().upper()}:{reference}")


def parse_crown_case_number(raw: str) -> Identifier | Fault:
    """A Crown Court case number, such as T20170101."""
    text = raw.strip().upper()
    if not _CROWN.match(text):
        return Fault("crown_case_number", raw, "crown-case-number-format", "a letter of BASTU, a year, four digits")
    return Identifier("crown_case_number", text)


def parse_pnc_court_reference(raw: str) -> Identifier | Fault:
    """A PNC court case reference, YY/court/sequence and check letter; the sequence padded to six digits."""
    text = raw.strip().upper()
    found = _PNC_COURT.match(text)
    if found is None:
        return Fault("pnc_court_reference", raw, "pnc-court-reference-format", "YY/court/sequence and a check letter")
    year, court, sequence, letter = found.group(1), found.group(2), found.group(3).zfill(6), found.group(4)
    if letter != check_letter(int(year + court + sequence)):
        return Fault("pnc_court_reference", raw, "pnc-court-reference-check-letter", "the check letter does not fit")
    return Identifier("pnc_court_reference", f"{year}/{court}/{sequence}{letter}")


def parse_libra_case_number(raw: str) -> Identifier | Fault:
    """A Libra case number: ten digits."""
    text = raw.strip()
    if not _LIBRA.match(text):
        return Fault("libra_case_number", raw, "libra-case-number-format", "a Libra case number is ten digits")
    return Identifier("libra_case_number", text)


def parse_crime_reference(raw: str) -> Identifier | Fault:
    """A crime reference, free text that is unique in the whole country (see schemas.police.Crime), upper case, without
    spaces; a crime id of police open data is 64 hexadecimal digits."""
    text = "".join(raw.upper().split())
    if len(text) < _MIN_REFERENCE or _PLACEHOLDER.match(text):
        return Fault("crime_ref", raw, "crime-ref-placeholder", "no reference that tells one crime from another")
    return Identifier("crime_ref", text)


def parse_opaque(kind: str, raw: str) -> Identifier | Fault:
    """An id that only its owner understands: a UUID in lower case, anything else as it is written (decisions, 2)."""
    text = raw.strip()
    if not text.strip("0-"):
        return Fault(kind, raw, f"{kind.replace('_', '-')}-empty", "an empty or all-zero id names nothing")
    return Identifier(kind, text.lower() if _UUID.match(text) else text)
