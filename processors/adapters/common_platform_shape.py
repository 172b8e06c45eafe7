"""Reading a Common Platform object where a wrong shape must not be taken for an empty one, and making events of it.

`fields` reads single values leniently; here lists and objects that hold cases, defendants, offences or results are
refused when they are something else, because leaving them out would lose a result silently.
"""

from typing import TypeVar

from pydantic import BaseModel

from processors.adapters.base import content_digest
from processors.adapters.fields import text
from processors.adapters.refuse import UnreadableError
from processors.adapters.times import moment
from schemas.events import Envelope

Json = dict[str, object]
"""A parsed JSON object."""

AnyEvent = TypeVar("AnyEvent", bound=Envelope)


def objects(holder: Json, *names: str) -> list[Json]:
    """The objects of the first of the named lists that is there; lists in the list are flattened (a known defect).
    Raises UnreadableError, rule `wrong-shape`, when the list holds or is anything else."""
    for name in names:
        value = holder.get(name)
        if value is None:
            continue
        if isinstance(value, dict):
            raise _wrong(name, value)
        return _flat(name, value, 0)
    return []


def object_of(holder: Json, *names: str) -> Json:
    """The first of the named objects that is there; an empty one where there is none. Raises as `objects` does."""
    for name in names:
        value = holder.get(name)
        if value is None:
            continue
        if not isinstance(value, dict):
            raise _wrong(name, value)
        return value
    return {}


def at(holder: object, *names: str) -> str | None:
    """A moment. What is none comes back as it is, so that the contract refuses it by the field's name."""
    written = text(holder, *names)
    return moment(written) or written


def needed(holder: Json, *names: str) -> str:
    """An identifier or code without which there is no record. Raises UnreadableError, rule `missing-field`."""
    found = text(holder, *names)
    if found is None:
        raise UnreadableError("missing-field", names[0], None, f"the message has no {names[0]}")
    return found


def unique(values: list[str | None]) -> tuple[str, ...]:
    """The values that are there, each once, in their order."""
    return tuple(dict.fromkeys(value for value in values if value))


def made(of: type[AnyEvent], message: str, source: str, subject: str, data: BaseModel, time: str | None) -> AnyEvent:
    """An event whose id is a function of the message's name, its time and what it says: sent again, it is the same
    event; a value that returns to what it was is another. Raises pydantic's ValidationError."""
    said = data.model_dump_json(exclude_defaults=True)
    event_id = content_digest(message, subject, time or "", said)
    return of.model_validate({"id": event_id, "source": source, "subject": subject, "time": time, "data": data})


def _flat(name: str, value: object, depth: int) -> list[Json]:
    if not isinstance(value, list) or depth > 3:
        raise _wrong(name, value)
    found: list[Json] = []
    for item in value:
        if isinstance(item, dict):
            found.append(item)
        elif item is not None:
            found.extend(_flat(name, item, depth + 1))
    return found


def _wrong(name: str, value: object) -> UnreadableError:
    return UnreadableError("wrong-shape", name, value, f"{name} has another shape than the interface documents")
