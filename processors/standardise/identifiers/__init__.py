"""Identifiers: from what an agency writes to one canonical form, or to the named rule that it breaks.

One short file a family. `canonical` is the way in; `CASE_KINDS` may join records into cases, `PERSON_KINDS` never do.
"""

from collections.abc import Callable
from functools import lru_cache, partial
from hashlib import blake2b

from processors.standardise.identifiers.asn import parse_asn
from processors.standardise.identifiers.base import Fault, Identifier, check_letter
from processors.standardise.identifiers.cro import parse_cro
from processors.standardise.identifiers.people import parse_crn, parse_driver_number, parse_nino, parse_prison_number
from processors.standardise.identifiers.pnc import parse_pnc
from processors.standardise.identifiers.references import (
    parse_crime_reference,
    parse_crown_case_number,
    parse_libra_case_number,
    parse_opaque,
    parse_pnc_court_reference,
    parse_prosecutor_reference,
    parse_urn,
)

__all__ = ["CASE_KINDS", "PERSON_KINDS", "Fault", "Identifier", "canonical", "check_letter", "key_hash"]

_OPAQUE = (
    "court_case_id", "hearing_id", "defendant_id", "application_id", "cps_case_id", "supervision_id",
    "master_defendant_id", "booking_id",
)  # fmt: skip

_PARSERS: dict[str, Callable[[str], Identifier | Fault]] = {
    "crime_ref": parse_crime_reference,
    "asn": parse_asn,
    "urn": parse_urn,
    "prosecutor_ref": parse_prosecutor_reference,
    "crown_case_number": parse_crown_case_number,
    "pnc_court_reference": parse_pnc_court_reference,
    "libra_case_number": parse_libra_case_number,
    "pnc": parse_pnc,
    "cro": parse_cro,
    "crn": parse_crn,
    "prison_number": parse_prison_number,
    "nino": parse_nino,
    "driver_number": parse_driver_number,
    **{kind: partial(parse_opaque, kind) for kind in _OPAQUE},
}

PERSON_KINDS = frozenset(
    {"pnc", "cro", "crn", "prison_number", "nino", "driver_number", "master_defendant_id", "booking_id"}
)
"""Identifiers of people: they never join cases (design, principle 5)."""

CASE_KINDS = frozenset(_PARSERS) - PERSON_KINDS
"""Identifiers that tie records to a case, or to a hearing of one."""


@lru_cache(maxsize=200_000)
def canonical(kind: str, raw: str) -> Identifier | Fault:
    """The canonical form of an identifier of a kind. Raises KeyError for a kind that is not known."""
    return _PARSERS[kind](raw)


@lru_cache(maxsize=200_000)
def key_hash(kind: str, value: str) -> int:
    """64 bits over kind and canonical value, for look-ups; the value is kept beside it, since a hash never links."""
    return int.from_bytes(blake2b(f"{kind}\x1f{value}".encode(), digest_size=8).digest(), "little")
