"""SPI, the interface between police case systems and the courts (schema 0.6g): XML, bare or in the envelope of the
Criminal Justice Exchange, and its JSON translation -> police.prosecution, court.resulted_case.

The envelope (`RouteData`, perhaps in SOAP) carries the payload as escaped text in `DataStreamContent`. Its routing
fields are not judged: some public samples leave them empty. Event time: the envelope's date and time, else
`SourceFile.at`, else none.
"""

from collections.abc import Iterator

from pydantic import ValidationError

from processors.adapters.base import Refusal, SourceFile
from processors.adapters.common_platform_shape import at
from processors.adapters.documents import Document
from processors.adapters.fields import part
from processors.adapters.refuse import UnreadableError, refusal_from_validation
from processors.adapters.sns import unwrap
from processors.adapters.spi_case import prosecutions
from processors.adapters.spi_json import json_prosecutions
from processors.adapters.spi_results import resulted_cases
from processors.adapters.spi_values import day_in
from processors.adapters.times import moment
from processors.adapters.whole import each_whole, some
from processors.adapters.xml import Element, local, parse, parse_text, value
from schemas.events import Event

_MESSAGES = ("NewCaseMessage", "ResultedCaseMessage")
_ENVELOPES = 4  # an envelope in an envelope ...


def spi(source: SourceFile) -> Iterator[Event | Refusal]:
    """The events of an SPI message: the charge file, or the results, of each defendant. A message is refused whole.
    Never raises."""
    content = source.content.removeprefix(b"\xef\xbb\xbf").lstrip()
    if content.startswith((b"{", b"[")):
        yield from _json(source)
        return
    try:
        events = some(_events(parse(content), moment(source.at), _ENVELOPES))
    except UnreadableError as broken:
        yield broken.refusal(0, source.content)
    except ValidationError as error:
        yield refusal_from_validation(error, 0, source.content)
    else:
        yield from events


def _events(root: Element, time: str | None, envelopes: int) -> Iterator[Event]:
    messages = [item for item in root.iter() if local(item) in _MESSAGES]
    if messages:
        for message in messages:
            # an envelope may carry it as elements, not as text
            sent = next((_sent(item) for item in message.iterancestors() if local(item) == "DataStream"), None)
            if local(message) == "NewCaseMessage":
                yield from prosecutions(message, sent or time)
            else:
                yield from resulted_cases(message, sent or time)
        return
    streams = [item for item in root.iter() if local(item) == "DataStream"]
    if not streams or not envelopes:
        raise _without_record(root)
    for stream in streams:
        content = next((item for item in stream.iter() if local(item) == "DataStreamContent"), None)
        carried = "" if content is None else content.text or ""
        if not carried.strip():
            raise UnreadableError("missing-field", "DataStreamContent", None, "the envelope carries no message")
        yield from _events(parse_text(carried), _sent(stream) or time, envelopes - 1)


def _sent(stream: Element) -> str | None:
    """The envelope's date and time, or its date alone; a time without zone is that of London."""
    dated = day_in(stream, "Dated")
    return moment(f"{dated}T{value(stream, 'Timed')}") or moment(dated)


def _without_record(root: Element) -> UnreadableError:
    status = next((item for item in root.iter() if local(item) == "OperationStatus"), None)
    if status is not None:
        what = " ".join(part for name in ("StatusClass", "Code", "Description") if (part := value(status, name)))
        return UnreadableError(
            "no-record-content", local(root), what, f"{local(root)} is the exchange's acknowledgement: it has no case"
        )
    return UnreadableError(
        "unknown-message-type", "message", local(root), f"{local(root)} is no message of SPI and no envelope of one"
    )


def _json(source: SourceFile) -> Iterator[Event | Refusal]:
    return each_whole(source, lambda document: _prosecutions(document, source))


def _prosecutions(document: Document, source: SourceFile) -> Iterator[Event]:
    payload, _, sent = unwrap(document.value)
    if not isinstance(payload, dict):
        raise UnreadableError("wrong-shape", "message", None, "an SPI case is a JSON object")
    return json_prosecutions(payload, at(part(payload, "_metadata"), "createdAt") or sent or moment(source.at))
