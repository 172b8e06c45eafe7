"""What every adapter takes and gives: one unit of source text in; events, or a refusal with its reason, out."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple, Protocol

from schemas.events import Event


class Fault(NamedTuple):
    """One broken rule: its name, the field by its path in the message, the field's value, and the reason."""

    rule: str
    field: str
    value: str
    reason: str


@dataclass(frozen=True, slots=True)
class Refusal:
    """Something that cannot become an event. It still goes to its feed topic, as an envelope with its source, and is
    rejected there (design, conventions).

    rule: the broken rule's name, such as `unknown-message-type`; field, value: what broke it; reason: for the reader;
    line: the line or row in the file, counted from 1, 0 where it has none; raw: the bytes as they came; more: what else
    is wrong with the same message, as far as it can be told with the first fault there."""

    rule: str
    field: str
    value: str
    reason: str
    line: int
    raw: bytes
    more: tuple[Fault, ...] = ()


@dataclass(frozen=True, slots=True)
class SourceFile:
    """A file or message as it came. `name` is its base name (some formats carry their message type only there);
    `at` is the time for states that carry none (`publish --at`), ISO 8601 with zone."""

    name: str
    content: bytes
    at: str | None = None


class Adapter(Protocol):
    """One format. Yields events and refusals in the order of the source; never raises for bad content."""

    def __call__(self, source: SourceFile) -> Iterator[Event | Refusal]: ...


def content_digest(*parts: str | bytes) -> str:
    """24 hexadecimal digits over the parts: ids for events and records of sources that number nothing."""
    digest = hashlib.blake2b(digest_size=12)
    for part in parts:
        digest.update(part.encode() if isinstance(part, str) else part)
        digest.update(b"\x1f")
    return digest.hexdigest()
