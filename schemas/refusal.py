"""The envelope of what could not be sent as it is: a bad row, an unknown message, an event that is too large.

It travels on the feed topic of its agency like any event, and is rejected there with the rule and the reason that it
carries, so that published = stored + rejected holds to the message and the sender sees what became of it.
"""

import base64
import hashlib
from typing import Final, Literal

from pydantic import BaseModel, ConfigDict

from schemas.values import Id, Moment

REFUSAL_TYPE: Final = "casestream.refusal"
"""The CloudEvents type of the envelope."""

RAW_BYTES: Final = 64 * 1024
"""At most so many bytes of what was refused travel along."""


class RefusalData(BaseModel):
    """What was refused and why. format: that of `casestream publish`; file: its base name; line: from 1, 0 where the
    source has none; digest: 32 hexadecimal digits (BLAKE2b) over all its bytes; raw: the first 64 KiB, base64."""

    model_config = ConfigDict(frozen=True)

    format: str
    file: str
    line: int
    rule: str
    field: str
    value: str
    reason: str
    digest: str
    raw: str


class RefusalEvent(BaseModel):
    """The envelope: CloudEvents 1.0. The same refusal of the same bytes has the same id."""

    model_config = ConfigDict(frozen=True)

    specversion: Literal["1.0"] = "1.0"
    id: Id
    source: Id
    subject: str
    type: Literal["casestream.refusal"] = "casestream.refusal"
    time: Moment | None = None
    datacontenttype: str = "application/json"
    data: RefusalData


def refusal_event(
    *, format_: str, file: str, line: int, rule: str, field: str, value: str, reason: str, raw: bytes
) -> RefusalEvent:
    """The envelope of one refusal; `raw` are the refused bytes, of any length."""
    digest = hashlib.blake2b(raw, digest_size=16).hexdigest()
    told = hashlib.blake2b(
        "\x1f".join((format_, file, str(line), rule, field, digest)).encode("utf-8", "replace"), digest_size=12
    )
    return RefusalEvent(
        id=told.hexdigest(),
        source=f"urn:casestream:publish:{format_}",
        subject=f"{file[-300:]}#{line}",
        data=RefusalData(
            format=format_,
            file=file[-300:],
            line=line,
            rule=rule,
            field=field[:200],
            value=value[:500],
            reason=reason[:1000],
            digest=digest,
            raw=base64.b64encode(raw[:RAW_BYTES]).decode(),
        ),
    )
