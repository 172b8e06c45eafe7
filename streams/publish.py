"""Publishing: what an adapter made of a file, or CloudEvents as they are, to the feed topics.

A subject keeps to one partition: the key is source, kind and subject. What cannot be sent as it is (a bad row, an
unknown message, an event that is too large) goes to its feed topic as a small envelope (schemas.refusal) and is
rejected there with its reason, so that nothing that was published is missing from the tables' sum.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final, Literal, Protocol

import msgspec
import orjson

from processors.adapters.base import Adapter, Refusal, SourceFile
from processors.adapters.common_platform import common_platform
from processors.adapters.cps import cps
from processors.adapters.hmpps import hmpps
from processors.adapters.libra import libra
from processors.adapters.police_uk import police_uk
from processors.adapters.spi import spi
from schemas.events import KINDS, Agency, Event, RecordDeletedEvent, agency_of
from schemas.refusal import refusal_event
from streams.topics import MESSAGE_MAX_BYTES

CLOUDEVENTS: Final = "cloudevents"

ADAPTERS: Final[dict[str, tuple[Adapter, Agency]]] = {
    "police-uk": (police_uk, "police"),
    "common-platform": (common_platform, "hmcts"),
    "libra": (libra, "hmcts"),
    "spi": (spi, "police"),
    "cps": (cps, "cps"),
    "hmpps": (hmpps, "hmpps"),
}
"""The formats of the real world: the adapter, and the agency on whose feed refusals go. Events go by their kind."""

FORMATS: Final = (CLOUDEVENTS, *ADAPTERS)

HEADERS: Final = {"content-type": b"application/cloudevents+json; charset=UTF-8"}
"""CloudEvents, Kafka binding, structured mode."""

Unit = Literal["line", "item", "event"]
"""What a number in a file counts: lines, items of an array, or the events that an adapter made of it."""

_BOM: Final = b"\xef\xbb\xbf"
_ROOM: Final = 2_000  # bytes of a message that are not its key or value
_NOTICE_EVERY: Final = 10_000


class Sender(Protocol):
    """What publishing needs of a producer (streams.producer.Producer)."""

    def send(
        self, topic: str, key: bytes | None, value: bytes, partition: int | None = None,
        headers: Mapping[str, bytes] | None = None,
    ) -> None: ...  # fmt: skip

    def poll(self) -> None: ...


@dataclass(slots=True)
class Counts:
    """What was sent: events, and refusals by rule; `topics` counts both by feed topic."""

    events: int = 0
    refused: Counter[str] = field(default_factory=Counter)
    topics: Counter[str] = field(default_factory=Counter)

    @property
    def messages(self) -> int:
        """All that was sent."""
        return self.events + self.refused.total()


def feed(agency: str) -> str:
    """The feed topic of an agency."""
    return f"feeds.{agency}"


def subject_key(source: str, kind: str, subject: str) -> bytes:
    """The key of a message: the same for all states of a subject, also for its deletion."""
    return f"{source}\x1f{kind}\x1f{subject}".encode("utf-8", "replace")


class Publisher:
    """Sends one format. `counts` grows with what was sent; the caller flushes the sender before it relies on it."""

    def __init__(self, sender: Sender, format_: str, *, agency: Agency = "police", at: str | None = None) -> None:
        """agency: whose feed takes CloudEvents lines that do not say whose they are; at: the time of states that
        carry none."""
        self._sender = sender
        self._format = format_
        self._agency: Agency = agency if format_ == CLOUDEVENTS else ADAPTERS[format_][1]
        self._at = at
        self.counts = Counts()

    def file(self, name: str, content: bytes) -> None:
        """Send what the format's adapter makes of one file. `name` is its base name."""
        adapter, _ = ADAPTERS[self._format]
        for item in adapter(SourceFile(name, content, self._at)):
            if isinstance(item, Refusal):
                self._refuse(name, item)
            else:
                self._event(name, item)

    def events(self, events: Iterable[Event]) -> None:
        """Send events that are made already."""
        for event in events:
            self._event("", event)

    def lines(self, name: str, lines: Iterable[tuple[int, bytes]]) -> None:
        """Send CloudEvents, one a line with its number, as they are, malformed ones too: standardise judges."""
        for number, line in lines:
            value = line if self._at is None else _with_time(line, self._at)
            topic, key = self._route(value)
            self._send(name, number, topic, key, value)

    def _route(self, value: bytes) -> tuple[str, bytes | None]:
        """The topic and the key, from a parse that looks at nothing but the envelope."""
        try:
            route = _ROUTE.decode(value)
            kind = _DELETED.decode(value).data.kind if route.type == "record.deleted" else route.type
        except (msgspec.DecodeError, UnicodeDecodeError):
            return feed(self._agency), None
        known = KINDS.get(kind)
        return feed(known.agency if known else self._agency), subject_key(route.source, kind, route.subject)

    def _event(self, name: str, event: Event) -> None:
        kind = event.data.kind if isinstance(event, RecordDeletedEvent) else event.type
        value = event.model_dump_json(exclude_none=True).encode()
        topic = feed(agency_of(event)) if kind in KINDS else feed(self._agency)
        self._send(name, 0, topic, subject_key(event.source, kind, event.subject), value)

    def _send(self, name: str, line: int, topic: str, key: bytes | None, value: bytes) -> None:
        if len(value) + len(key or b"") + _ROOM > MESSAGE_MAX_BYTES:
            reason = f"a message may have {MESSAGE_MAX_BYTES - _ROOM} bytes"
            self._refuse(name, Refusal("oversized", "size", str(len(value)), reason, line, value), topic)
            return
        self._sender.send(topic, key, value, headers=HEADERS)
        self.counts.events += 1
        self._sent(topic)

    def _refuse(self, name: str, refusal: Refusal, topic: str | None = None) -> None:
        envelope = refusal_event(
            format_=self._format,
            file=name,
            line=refusal.line,
            rule=refusal.rule,
            field=refusal.field,
            value=refusal.value,
            reason=refusal.reason + (f" (and {len(refusal.more)} more)" if refusal.more else ""),
            raw=refusal.raw,
        )
        topic = topic or feed(self._agency)
        self._sender.send(topic, envelope.id.encode(), envelope.model_dump_json().encode(), headers=HEADERS)
        self.counts.refused[refusal.rule] += 1
        self._sent(topic)

    def _sent(self, topic: str) -> None:
        self.counts.topics[topic] += 1
        if self.counts.messages % _NOTICE_EVERY == 0:
            self._sender.poll()


class _Route(msgspec.Struct):
    type: str = ""
    source: str = ""
    subject: str = ""


class _Kind(msgspec.Struct):
    kind: str = ""


class _Deleted(msgspec.Struct):
    data: _Kind = msgspec.field(default_factory=_Kind)


_ROUTE = msgspec.json.Decoder(_Route)
_DELETED = msgspec.json.Decoder(_Deleted)


def _with_time(line: bytes, at: str) -> bytes:
    """The event with `time`, where it is one and carries none."""
    try:
        document = orjson.loads(line)
    except orjson.JSONDecodeError:
        return line
    if not isinstance(document, dict) or document.get("time") is not None:
        return line
    return orjson.dumps({**document, "time": at})


def cloudevents_in(
    read: Callable[[], Iterator[bytes]], whole: Callable[[], bytes]
) -> tuple[Unit, Iterator[tuple[int, bytes]]]:
    """The events of a file with their numbers from 1, and what they number: lines, or items of an array (one document
    over several lines is an item too). `read` gives the file's lines, `whole` all of it; blank lines are left out, and
    so is a byte order mark."""
    first = next((line for line in _lines(read) if line), b"")
    if first.startswith(b"[") or (first.startswith(b"{") and not first.endswith(b"}")):
        try:
            document = orjson.loads(whole().removeprefix(_BOM))
        except orjson.JSONDecodeError:
            pass  # not one document: then every line is judged by itself
        else:
            listed = document if isinstance(document, list) else [document]
            return "item", ((number, orjson.dumps(one)) for number, one in enumerate(listed, start=1))
    return "line", ((number, line) for number, line in enumerate(_lines(read), start=1) if line)


def _lines(read: Callable[[], Iterator[bytes]]) -> Iterator[bytes]:
    for number, line in enumerate(read()):
        yield (line if number else line.removeprefix(_BOM)).strip()
