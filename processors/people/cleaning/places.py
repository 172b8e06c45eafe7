"""Postcodes as the model compares them: in capitals, without a space, and only if they may exist."""

import re

_POSTCODE = re.compile(r"[A-Z][A-HJ-Y]?[0-9][A-Z0-9]?[0-9][A-Z]{2}|GIR0A{2}")
_NO_FIXED_ABODE = frozenset({"NF11NF", "NF11FA"})
_INCODE = 3


def clean_postcode(postcode: str | None) -> str | None:
    """A postcode, or None: not one, or that of no fixed abode."""
    if not postcode:
        return None
    text = "".join(postcode.upper().split())
    return text if _POSTCODE.fullmatch(text) and text not in _NO_FIXED_ABODE else None


def outcode(postcode: str) -> str:
    """The part of a cleaned postcode before its last three characters: the post town's district."""
    return postcode[:-_INCODE]
