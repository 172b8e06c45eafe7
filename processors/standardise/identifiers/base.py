"""What an identifier is here: its kind and canonical value, or the named rule that it breaks."""

import msgspec


class Identifier(msgspec.Struct, frozen=True, gc=False):
    """An identifier in canonical form. Its kind may differ from the field it came in: a police reference in another
    prosecutor's field is still a URN."""

    kind: str
    value: str


class Fault(msgspec.Struct, frozen=True, gc=False):
    """Why a value is no identifier that may link: a quality finding, never a reason to reject its event. `value` is
    as it came; `rule` is the name under which the data-quality board counts it; `reason` is for its sender."""

    kind: str
    value: str
    rule: str
    reason: str
