"""The envelope in which HMPPS and the courts' feed to HMPPS deliver: Amazon SNS notifications.

    {"Type", "MessageId", "Message": "<the payload as JSON text>", "Timestamp", "MessageAttributes": {name: value}}

An attribute's value is written `{"Type", "Value"}` in the notification and `{"DataType", "StringValue"}` by the
sender. Bare payloads pass through unchanged. A message that is too large for a queue comes as a pointer to where its
payload is kept, which is no record: whoever delivers has to fetch it.
"""

from processors.adapters.documents import is_pointer, read_json
from processors.adapters.refuse import UnreadableError
from processors.adapters.times import moment


def unwrap_sns(content: bytes) -> tuple[object, dict[str, str], str | None]:
    """The payload of a message, its attributes by name, and the notification's own time (UTC).

    `content` is the message as it came, in the envelope or bare: then there are no attributes and no time. Raises
    UnreadableError: rule `malformed-json` for a message or payload that is no JSON."""
    return unwrap(read_json(content))


def unwrap(document: object) -> tuple[object, dict[str, str], str | None]:
    """As `unwrap_sns`, for a message that is parsed already. Raises UnreadableError also for a pointer (rule
    `no-record-content`)."""
    if not isinstance(document, dict) or not isinstance(document.get("Message"), str):
        return _no_pointer(document, {}), {}, None
    attributes = attributes_of(document.get("MessageAttributes"))
    sent = document.get("Timestamp")
    text = document["Message"]
    try:
        payload = read_json(text)
    except UnreadableError as broken:
        fault = broken.faults[0]
        kind = attributes.get("messageType") or attributes.get("eventType") or "unknown"
        raise UnreadableError(
            fault.rule, "Message", fault.value, f"the payload of an SNS message of type {kind}: {fault.reason}"
        ) from None
    return _no_pointer(payload, attributes), attributes, moment(sent) if isinstance(sent, str) else None


def _no_pointer(payload: object, attributes: dict[str, str]) -> object:
    """The payload; raises UnreadableError, rule `no-record-content`, for a pointer to one. Not the place: it opens what
    is kept there."""
    if not is_pointer(payload):
        return payload
    name = attributes.get("eventType") or attributes.get("messageType")
    raise UnreadableError(
        "no-record-content", "name" if name else "message", name or "PayloadS3Pointer",
        "is a pointer to a message that is kept elsewhere: fetch that and publish it",
    )


def attributes_of(written: object) -> dict[str, str]:
    """Message attributes by name, in either spelling; whatever is no attribute is left out."""
    found: dict[str, str] = {}
    if isinstance(written, dict):
        for name, value in written.items():
            if isinstance(value, dict):
                text = value.get("Value", value.get("StringValue"))
                if isinstance(text, str):
                    found[name] = text
    return found
