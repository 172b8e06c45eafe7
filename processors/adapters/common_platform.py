"""HMCTS Common Platform: JSON messages of the courts -> court.hearing, court.case, court.patch, court.resulted_case,
court.match.

A message comes bare, with its `_metadata {id, name, createdAt}`, or in an SNS envelope; a file holds one, one a line,
or an array. Its name is `_metadata.name`, else the SNS attribute `eventType` or `messageType`, else the documented name
that its file's name contains, else that of the documented shape. Event time: the message's own (`sharedTime`,
`lastModifiedTime`), else the envelope's, else `SourceFile.at`, else none. All times UTC.
"""

from collections.abc import Iterator

from processors.adapters.base import Refusal, SourceFile
from processors.adapters.common_platform_cases import court_cases, police_result, sending_sheet
from processors.adapters.common_platform_hearing import hearing
from processors.adapters.common_platform_names import Handling, handling_of, name_by_shape, name_in
from processors.adapters.common_platform_patches import matched, patches
from processors.adapters.common_platform_shape import Json, at
from processors.adapters.documents import Document
from processors.adapters.fields import part, text
from processors.adapters.libra import libra_item
from processors.adapters.refuse import UnreadableError
from processors.adapters.sns import unwrap
from processors.adapters.whole import each_whole
from schemas.events import Event


def common_platform(source: SourceFile) -> Iterator[Event | Refusal]:
    """The events of a file or message, in its order. A message that cannot be a state is refused whole: `line` is its
    line or place. Never raises."""
    return each_whole(source, lambda document: court_events(document, source))


def court_events(document: Document, source: SourceFile) -> Iterator[Event]:
    """The events of one message. Raises UnreadableError or pydantic's ValidationError for what cannot be a state."""
    message, attributes, sent = unwrap(document.value)
    names = (text(part(message, "_metadata"), "name"), attributes.get("eventType"), attributes.get("messageType"))
    if not isinstance(message, dict):
        raise UnreadableError("wrong-shape", "message", None, "a Common Platform message is a JSON object")
    metadata = part(message, "_metadata")
    payload: Json = {key: value for key, value in message.items() if key != "_metadata"}
    inner = payload.get("payload")
    if isinstance(inner, dict) and len(payload) == 1:
        payload = inner
    name, handling = _known(names) or _known((name_in(source.name) or name_by_shape(payload),)) or _unknown(payload)
    own = at(part(payload, "hearingEvent"), "lastModifiedTime") or at(payload, "lastModifiedTime")
    time = own or at(metadata, "createdAt") or sent or at({"at": source.at}, "at")
    return _made(name, handling, payload, time)


def _known(names: tuple[str | None, ...]) -> tuple[str, Handling] | None:
    """The first of the names that is a documented one; None where no name is given at all. Raises UnreadableError for
    names that are all unknown, and for a message that carries no record."""
    given = [name for name in names if name]
    for name in given:
        if found := handling_of(name):
            if found[1].makes == "nothing":
                raise UnreadableError("no-record-content", "name", name, f"{name} says only where its record is kept")
            return found
    if not given:
        return None
    reason = f"{given[0]} is no documented message of Common Platform"
    raise UnreadableError("unknown-message-type", "name", given[0], reason)


def _unknown(payload: Json) -> tuple[str, Handling]:
    keys = ", ".join(sorted(payload)[:8])
    raise UnreadableError("unknown-message-type", "message", keys, "no name, and no documented shape")


def _made(name: str, handling: Handling, payload: Json, time: str | None) -> Iterator[Event]:
    match handling.makes:
        case "hearing":
            return hearing(name, payload, time)
        case "case":
            return court_cases(name, payload, time)
        case "police_result":
            return police_result(name, payload, time)
        case "sending_sheet":
            return sending_sheet(name, payload, time)
        case "libra_case":
            return libra_item(payload, time)
        case "match" | "unmatch":
            return matched(name, payload, time, handling.makes == "match")
    return patches(name, handling.patch, payload, time)
