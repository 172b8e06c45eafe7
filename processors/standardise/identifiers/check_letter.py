"""The check letter that PNC ids, CRO numbers, ASNs and PNC court case references share.
Source: hmpps-person-record (PNC, CRO), bichard7-next-core (ASN)."""

CHECK_LETTERS = "ZABCDEFGHJKLMNPQRTUVWXY"
"""23 letters, without I, O and S: the letter of n is the one at n mod 23."""


def check_letter(number: int) -> str:
    """The check letter of a number, which each identifier forms from its own digits."""
    return CHECK_LETTERS[number % 23]
