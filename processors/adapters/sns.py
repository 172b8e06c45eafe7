"""The envelope in which HMPPS and the courts' feed to HMPPS deliver: Amazon SNS notifications.

    {"Type", "MessageId", "Message": "<the payload as JSON text>", "Timestamp", "MessageAttributes": {name: value}}

An attribute's value is written `{"Type", "Value"}` in the notification and `{"DataType", "StringValue"}` by the
sender. Bare payloads pass through unchanged.
"""

from processors.adapters.documents import read_json
from processors.adapters.refuse import UnreadableError
from processors.adapters.times import moment


def unwrap_sns(content: bytes) -> tuple[object, dict[str, str], str | None]:
    """The payload of a message, its attributes by name, and the notification's own time (UTC).

    `content` is the message as it came, in the envelope or bare: then there are no attributes and no time. Raises
    UnreadableError: rule `malformed-json` for a message or payload that is no JSON."""
    return unwrap(read_json(content))


def unwrap(document: object) -> tuple[object, dict[str, str], str | None]:
    """As `unwrap_sns`, for a message that is parsed already."""
    if not isinstance(document, dict) or not isinstance(document.get("Message"), str):
        return document, {}, None
    attributes = attributes_of(document.get("MessageAttributes"))
    sent = document.get("Timestamp")
    text = document["Message"]
    try:
        payload = read_json(text)
    except UnreadableError as broken:
        kind = attributes.get("messageType") or attributes.get("eventType") or "unknown"
        raise UnreadableError(
            broken.rule, "Message", broken.value, f"the payload of an SNS message of type {kind}: {broken.reason}"
        ) from None
    return payload, attributes, moment(sent) if isinstance(sent, str) else None


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
