"""HMCTS Common Platform: JSON messages of the courts -> court.hearing, court.case, court.patch, court.resulted_case,
court.match.

A message comes bare, with its `_metadata {id, name, createdAt}`, or in an SNS envelope; a file holds one, one a line,
or an array. Its name is `_metadata.name`, else the SNS attribute `eventType` or `messageType`, else the documented name
that its file's name contains, else that of the documented shape. Event time: the message's own (`sharedTime`,
`lastModifiedTime`), else the envelope's, else `SourceFile.at`, else none. All times UTC.
"""

from collections.abc import Iterator

from pydantic import ValidationError

from processors.adapters.base import Refusal, SourceFile
from processors.adapters.common_platform_cases import court_cases, police_result, sending_sheet
from processors.adapters.common_platform_hearing import hearing
from processors.adapters.common_platform_libra import libra_case
from processors.adapters.common_platform_names import Handling, handling_of, name_by_shape, name_in
from processors.adapters.common_platform_patches import matched, patches
from processors.adapters.common_platform_shape import Json, at
from processors.adapters.documents import Document, documents
from processors.adapters.fields import part, text
from processors.adapters.refuse import UnreadableError, refusal_from_validation
from processors.adapters.sns import unwrap
from schemas.events import Event


def common_platform(source: SourceFile) -> Iterator[Event | Refusal]:
    """The events of a file or message, in its order. A message that cannot be a state is refused whole: `line` is its
    line or place. Never raises."""
    for document in documents(source):
        if isinstance(document, Refusal):
            yield document
            continue
        try:
            events = list(_events(document, source))
        except UnreadableError as broken:
            yield broken.refusal(document.line, document.raw)
        except ValidationError as error:
            yield refusal_from_validation(error, document.line, document.raw)
        else:
            yield from events


def _events(document: Document, source: SourceFile) -> Iterator[Event]:
    message, attributes, sent = unwrap(document.value)
    if not isinstance(message, dict):
        raise UnreadableError("wrong-shape", "message", message, "a Common Platform message is a JSON object")
    metadata = part(message, "_metadata")
    payload: Json = {name: value for name, value in message.items() if name != "_metadata"}
    inner = payload.get("payload")
    if isinstance(inner, dict) and len(payload) == 1:
        payload = inner
    name, handling = _name(payload, metadata, attributes, source.name)
    own = at(part(payload, "hearingEvent"), "lastModifiedTime") or at(payload, "lastModifiedTime")
    time = own or at(metadata, "createdAt") or sent or at({"at": source.at}, "at")
    return _made(name, handling, payload, time)


def _name(payload: Json, metadata: Json, attributes: dict[str, str], file_name: str) -> tuple[str, Handling]:
    stated = text(metadata, "name") or attributes.get("eventType") or attributes.get("messageType")
    name = stated or name_in(file_name) or name_by_shape(payload)
    if name is None:
        keys = ", ".join(sorted(payload)[:8])
        raise UnreadableError("unknown-message-type", "message", keys, "no name, and no documented shape")
    handling = handling_of(name)
    if handling is None:
        reason = f"{name} is no documented message of Common Platform"
        raise UnreadableError("unknown-message-type", "name", name, reason)
    return name, handling


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
            return libra_case(name, payload, time)
        case "match" | "unmatch":
            return matched(name, payload, time, handling.makes == "match")
        case "patch":
            return patches(name, handling.patch, payload, time)
    raise UnreadableError("no-record-content", "name", name, f"{name} carries no record, only where one is kept")
