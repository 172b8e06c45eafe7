"""What people and templates write where a reference should be: it would join every case that has none."""

import re

_PLACEHOLDER = re.compile(
    # words of a template, perhaps numbered: CASE_URN_2, URN_NUMBER, URN_DEFAULT_VALUE
    r"(?:[A-Z]+[ _])*(?:URN|ASN|REF|REFERENCE|CASE|NUMBER|VALUE)(?:[ _][A-Z]+)*(?:[ _][0-9]{1,3})?"
    r"|(?:URN|ASN|REF)-?[0-9]{1,5}"
    r"|TEST|DUMMY|EXAMPLE|TB[ACD]|UNKNOWN|NONE|NULL|NIL|N[/ ]?A"
    r"|NOT ?(?:KNOWN|ENTERED|APPLICABLE|PROVIDED|RECORDED)|NO ?REF(?:ERENCE)?"
    r"|(.)\1*"  # one character again and again
    r"|[A-Z]*0+"
    r"|.*(?:[{}<>]|%[A-Z_]+%).*",  # what a template left unfilled
    re.DOTALL,
)


def is_placeholder(text: str) -> bool:
    """Whether a reference in capitals is empty, tells nothing apart, stands for `none`, or is a template's."""
    return not text or _PLACEHOLDER.fullmatch(text) is not None
