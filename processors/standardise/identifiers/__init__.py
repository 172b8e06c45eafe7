"""Identifiers: from what an agency writes to one canonical form, or to the named rule that it breaks.

One short file an identifier, each a pure `parse_x(raw)`. `canonical` is the way in, `kinds` tells which of them may
join records into cases, and `key_hash` is the number under which a key is looked up.
"""

from collections.abc import Callable
from functools import lru_cache, partial
from hashlib import blake2b

from processors.standardise.identifiers import kinds
from processors.standardise.identifiers.asn import parse_asn
from processors.standardise.identifiers.base import Fault, Identifier
from processors.standardise.identifiers.check_letter import check_letter
from processors.standardise.identifiers.court_case_number import (
    parse_crown_case_number,
    parse_libra_case_number,
    parse_pnc_court_reference,
)
from processors.standardise.identifiers.crime_reference import parse_crime_reference
from processors.standardise.identifiers.crn import parse_crn
from processors.standardise.identifiers.cro import parse_cro
from processors.standardise.identifiers.driver_number import parse_driver_number
from processors.standardise.identifiers.kinds import ATTACHING_KINDS, CASE_KINDS, PERSON_KINDS
from processors.standardise.identifiers.maat import parse_maat
from processors.standardise.identifiers.nino import parse_nino
from processors.standardise.identifiers.opaque import parse_opaque
from processors.standardise.identifiers.pnc import parse_pnc
from processors.standardise.identifiers.prison_number import parse_prison_number
from processors.standardise.identifiers.prosecutor_ref import parse_prosecutor_ref
from processors.standardise.identifiers.urn import parse_urn

__all__ = [
    "ATTACHING_KINDS", "CASE_KINDS", "PERSON_KINDS", "Fault", "Identifier", "canonical", "canonical_value",
    "check_letter", "key_hash",
]  # fmt: skip

_PARSERS: dict[str, Callable[[str], Identifier | Fault]] = {
    kinds.CRIME_REF: parse_crime_reference,
    kinds.ASN: parse_asn,
    kinds.URN: parse_urn,
    kinds.PROSECUTOR_REF: parse_prosecutor_ref,
    kinds.CROWN_CASE_NUMBER: parse_crown_case_number,
    kinds.PNC_COURT_REFERENCE: parse_pnc_court_reference,
    kinds.LIBRA_CASE_NUMBER: parse_libra_case_number,
    kinds.PNC: parse_pnc,
    kinds.CRO: parse_cro,
    kinds.CRN: parse_crn,
    kinds.PRISON_NUMBER: parse_prison_number,
    kinds.NINO: parse_nino,
    kinds.DRIVER_NUMBER: parse_driver_number,
    kinds.MAAT: parse_maat,
    **{kind: partial(parse_opaque, kind) for kind in kinds.OPAQUE_KINDS},
}


@lru_cache(maxsize=200_000)
def canonical(kind: str, raw: str) -> Identifier | Fault:
    """The canonical form of an identifier of a kind. Raises KeyError for a kind that is not in `kinds.ALL_KINDS`."""
    return _PARSERS[kind](raw)


def canonical_value(kind: str, raw: str | None) -> str | None:
    """The canonical form alone; None where nothing is told, and for what breaks a rule of its kind."""
    found = canonical(kind, raw) if raw is not None else None
    return found.value if isinstance(found, Identifier) else None


@lru_cache(maxsize=200_000)
def key_hash(kind: str, value: str) -> int:
    """64 bits of BLAKE2b over kind and canonical value (UInt64), for look-ups. The value is kept beside it: a hash
    alone never links. ClickHouse has no function that gives the same number; it only stores and compares it."""
    return int.from_bytes(blake2b(f"{kind}\x1f{value}".encode(), digest_size=8).digest(), "little")
