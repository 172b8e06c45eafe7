"""The reference of a prosecutor other than police and CPS (TFL12345): free text that counts within its authority.

It is read after its authority's code and a colon (`TFL:TFL12345`), for two authorities may use the same text. Police
numbers that arrive in this field are what they are wherever they stand: a whole ASN is an ASN, a whole URN a URN.
Source: the courts' prosecutionCaseIdentifier (at most 36 characters).
"""

import re

from processors.standardise.identifiers.asn import parse_asn
from processors.standardise.identifiers.base import Fault, Identifier
from processors.standardise.identifiers.kinds import PROSECUTOR_REF
from processors.standardise.identifiers.placeholders import is_placeholder
from processors.standardise.identifiers.urn import parse_urn

_WHOLE_URN = re.compile(r"[0-9]{2}[A-Z]{2}[0-9]{7}")
_DIGIT = re.compile(r"[0-9]")
_DUMMIES = frozenset({"asn-dummy", "urn-dummy"})
_SHORTEST, _LONGEST = 4, 36


def parse_prosecutor_ref(raw: str) -> Identifier | Fault:
    """`authority:reference` -> the same in capitals, spaces single; or the ASN or URN that the reference is."""
    authority, _, reference = raw.upper().partition(":")
    authority, reference = " ".join(authority.split()), " ".join(reference.split())
    if len(reference) < _SHORTEST or is_placeholder(reference):
        return Fault(PROSECUTOR_REF, raw, "prosecutor-ref-placeholder", "no reference that tells cases apart")
    if len(reference) > _LONGEST or not _DIGIT.search(reference):
        return Fault(PROSECUTOR_REF, raw, "prosecutor-ref-format", "a reference has a digit and at most 36 characters")
    police = parse_urn(reference) if _WHOLE_URN.fullmatch(reference) else parse_asn(reference)
    if isinstance(police, Identifier):
        return police
    if police.rule in _DUMMIES:
        return Fault(police.kind, raw, police.rule, police.reason)
    if not authority:
        return Fault(PROSECUTOR_REF, raw, "prosecutor-ref-no-authority", "a reference counts within its authority")
    return Identifier(PROSECUTOR_REF, f"{authority}:{reference}")
