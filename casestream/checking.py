"""What is wrong with an agency's events, line by line, and what would be right: for `casestream validate`.

The worker's own judgement (processors.standardise) decides whether a line is accepted; here every fault of a line is
told, not only the first, with help that a sender can act on.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Any, Literal, get_args

from pydantic import BaseModel

from processors.standardise.contract_faults import contract_fault, shown
from processors.standardise.identifiers import Fault, canonical
from processors.standardise.keys import raw_keys
from processors.standardise.persons import said_of_people
from processors.standardise.plausible import RULE as IMPLAUSIBLE
from processors.standardise.plausible import implausible
from processors.standardise.standardise import Rejected, errors_of, standardise
from schemas.events import KINDS, RecordDeletedEvent
from schemas.flow import EventRef
from schemas.generate import EVENT_MODELS

_NOWHERE = EventRef("", 0, 0, 0)

Level = Literal["error", "quality"]


@dataclass(frozen=True, slots=True)
class Finding:
    """Something wrong in one line. An error has the event rejected; a quality finding is counted and kept.
    expected: what would be right, empty where the reason says it; line: 0 for the file as a whole; unit: what `line`
    counts, where it is no line."""

    line: int
    level: Level
    field: str
    value: str
    rule: str
    reason: str
    expected: str
    unit: Literal["line", "item", "event"] = "line"


def check(line: int, value: bytes) -> Iterator[Finding]:
    """Every finding of one event."""
    verdict = standardise(value, _NOWHERE)
    if not isinstance(verdict, Rejected):
        if verdict.event.time is None:
            reason = "the event has no time, so its state comes before every state that has one"
            yield Finding(line, "quality", "time", "", "no-event-time", reason, "a time with its zone")
        if not isinstance(verdict.event, RecordDeletedEvent):
            data = verdict.event.data
            yield from _identifiers(line, data)
            for field, told in implausible(data, data.model_dump_json(exclude_defaults=True).encode()):
                reason = "lies before 1900 or after 2100; the event is accepted all the same"
                expected = "the date, or none where it is unknown"
                yield Finding(line, "quality", field, told, IMPLAUSIBLE, reason, expected)
        return
    errors = errors_of(value)
    if not errors:
        yield Finding(line, "error", verdict.field, verdict.value, verdict.rule, verdict.reason, _kinds(verdict))
    model = EVENT_MODELS.get(verdict.type)
    for error in errors:
        fault = contract_fault(error, verdict.type)
        expected = _types(verdict) if fault.field == "type" else _expected(error, model)
        yield Finding(line, "error", fault.field, fault.value, fault.rule, fault.reason, expected)


def _identifiers(line: int, data: BaseModel) -> Iterator[Finding]:
    """Identifiers that do not count: placeholders, and those whose form or check letter is wrong."""
    told = set()
    for kind, raw in (*raw_keys(data), *said_of_people("", "", data, None).identifiers):
        found = canonical(kind, raw)
        if isinstance(found, Fault) and (found.kind, found.value) not in told:
            told.add((found.kind, found.value))
            yield Finding(line, "quality", found.kind, shown(found.value), found.rule, found.reason, "")


def _types(verdict: Rejected) -> str:
    near = get_close_matches(verdict.type, EVENT_MODELS, 1)
    return f"{near[0]}?" if near else "one of " + ", ".join(sorted(EVENT_MODELS))


def _expected(error: Any, model: type[BaseModel] | None) -> str:
    """What would be right in this place."""
    context = error.get("ctx") or {}
    kind = error["type"]
    if kind == "literal_error":
        return "one of " + str(context.get("expected", "")).replace(" or ", ", ").replace("'", "")
    place = [step for step in error["loc"] if isinstance(step, str) and step not in EVENT_MODELS]
    if kind == "extra_forbidden" and model is not None:
        near = get_close_matches(place[-1], _fields_of(model, place[:-1]), 1, 0.6)
        return f"{near[0]}?" if near else "nothing: the contract has no such field"
    if kind == "missing" and model is not None:
        return _described(model, place)
    if kind == "string_too_short":
        return "some text"
    if kind in ("string_too_long", "too_long"):
        return f"at most {context.get('max_length')} characters"
    return ""


def _model_at(model: type[BaseModel], place: list[str]) -> type[BaseModel] | None:
    """The model that holds what stands at a place, through lists and optional fields."""
    current: type[BaseModel] | None = model
    for step in place:
        info = current.model_fields.get(step) if current is not None else None
        current = _model_in(info.annotation) if info is not None else None
    return current


def _model_in(annotation: Any) -> type[BaseModel] | None:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    for inner in get_args(annotation):
        found = _model_in(inner)
        if found is not None:
            return found
    return None


def _fields_of(model: type[BaseModel], place: list[str]) -> list[str]:
    holder = _model_at(model, place)
    return list(holder.model_fields) if holder is not None else []


def _described(model: type[BaseModel], place: list[str]) -> str:
    holder = _model_at(model, place[:-1])
    info = holder.model_fields.get(place[-1]) if holder is not None else None
    if info is None:
        return ""
    names = get_args(info.annotation)
    if names and all(isinstance(name, str) for name in names):
        return "one of " + ", ".join(names)
    return info.description or ""


def _kinds(verdict: Rejected) -> str:
    if verdict.rule != "unknown-kind":
        return ""
    near = get_close_matches(verdict.value, KINDS, 1)
    return f"{near[0]}?" if near else "one of " + ", ".join(sorted(KINDS))
