"""What an identifier is here: its kind and canonical value, or the named rule that it breaks."""

from typing import NamedTuple

CHECK_LETTERS = "ZABCDEFGHJKLMNPQRTUVWXY"
"""The 23 check letters that PNC, CRO and ASN share (no I, O, S): the letter of n is the one at n mod 23."""


class Identifier(NamedTuple):
    """An identifier in canonical form."""

    kind: str
    value: str


class Fault(NamedTuple):
    """Why a value is no identifier that may link: a quality finding, never a reason to reject its event."""

    kind: str
    value: str
    rule: str
    reason: str


def check_letter(number: int) -> str:
    """The check letter of a number."""
    return CHECK_LETTERS[number % 23]
