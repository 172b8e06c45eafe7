"""Documents that are read whole or refused whole: the loop of the adapters whose messages are one state or nothing."""

from collections.abc import Callable, Iterable, Iterator

from pydantic import ValidationError

from processors.adapters.base import Refusal, SourceFile
from processors.adapters.documents import Document, documents
from processors.adapters.refuse import UnreadableError, refusal_from_validation
from schemas.events import Event


def some(events: Iterable[Event]) -> list[Event]:
    """The events; raises UnreadableError, rule `no-record-content`, where there are none."""
    found = list(events)
    if not found:
        raise UnreadableError("no-record-content", "message", None, "the message holds nothing that makes a record")
    return found


def each_whole(source: SourceFile, read: Callable[[Document], Iterable[Event]]) -> Iterator[Event | Refusal]:
    """The events of every document of a source, in its order. A document of which `read` raises UnreadableError or
    pydantic's ValidationError is one refusal, with its line or place; so is one that makes no event (rule
    `no-record-content`), for what was published must be among what is kept or what is rejected."""
    for document in documents(source):
        if isinstance(document, Refusal):
            yield document
            continue
        try:
            events = some(read(document))
        except UnreadableError as broken:
            yield broken.refusal(document.line, document.raw)
        except ValidationError as error:
            yield refusal_from_validation(error, document.line, document.raw)
        else:
            yield from events
