"""One message of a feed topic -> what is accepted of it, or why it is rejected. Stateless, pure, for every message
the same however often it is repeated."""

import json
from collections.abc import Iterable
from hashlib import blake2b
from typing import NamedTuple

import orjson
from pydantic import BaseModel, ValidationError

from processors.standardise.identifiers import Fault, canonical
from processors.standardise.keys import raw_keys
from processors.standardise.order import order_of
from schemas import court
from schemas.events import EVENT, KINDS, CourtHearingEvent, Event, RecordDeletedEvent
from schemas.flow import EventRef, Head, Key, Part, part_id, subject_id
from schemas.refusal import REFUSAL_TYPE


class Accepted(NamedTuple):
    """An event that counts. `findings`: the names of the data-quality rules that it breaks, sorted."""

    event: Event
    head: Head
    findings: tuple[str, ...]


class Rejected(NamedTuple):
    """An event that does not: the rule it breaks, the field and its value, the reason for its sender, and what is
    known of it."""

    rule: str
    field: str
    value: str
    reason: str
    type: str
    source: str
    subject: str
    event_id: str


def standardise(value: bytes, ref: EventRef, binary_attributes: dict[str, str] | None = None) -> Accepted | Rejected:
    """A CloudEvent in structured mode, or in binary mode with its attributes (without the `ce_` of their headers)."""
    try:
        if binary_attributes is None:
            event = EVENT.validate_json(value)
        else:
            event = EVENT.validate_python({**binary_attributes, "data": orjson.loads(value)})
    except ValidationError as error:
        return _invalid(error, value, binary_attributes)
    except orjson.JSONDecodeError as error:
        return _rejected("malformed-json", "data", value[:80].decode(errors="replace"), str(error), binary_attributes)
    return accept(event, ref)


def accept(event: Event, ref: EventRef) -> Accepted | Rejected:
    """A valid event -> its head, with canonical keys and named findings."""
    if isinstance(event, RecordDeletedEvent):
        if event.data.kind not in KINDS:
            return Rejected(
                "unknown-kind", "data.kind", event.data.kind, "a deletion names the kind of the record that it deletes",
                event.type, event.source, event.subject, event.id,
            )
        digest = blake2b(b"deleted", digest_size=12).hexdigest()
        kind, deleted, findings = event.data.kind, True, set[str]()
        parts: tuple[Part, ...] = ()
        subject = subject_id(event.source, kind, event.subject)
    else:
        kind, deleted, findings = event.type, False, set[str]()
        subject = subject_id(event.source, kind, event.subject)
        if isinstance(event, CourtHearingEvent):
            parts = tuple(
                Part(part_id(subject, name), name, _keys(data, findings), _body(data))
                for name, data in hearing_parts(event.data)
            )
            digest = _digest(part.body for part in parts)
        else:
            body = _body(event.data)
            parts = (Part(subject, "", _keys(event.data, findings), body),)
            digest = _digest((body,))
    if event.time is None:
        findings.add("no-event-time")
    order = order_of(event.time, event.sequence, event.id, digest)
    head = Head(subject, kind, event.source, event.subject, order, deleted, parts, ref)
    return Accepted(event, head, tuple(sorted(findings)))


def hearing_parts(data: court.Hearing) -> list[tuple[str, court.Hearing]]:
    """A sitting day as the records in it: one a case, with the applications that concern it, and one an application
    of no case in the hearing. A case that is told twice keeps its first telling."""
    parts: dict[str, court.Hearing] = {}
    ours: dict[str, str] = {}
    for case in data.cases:
        ids = case.ids
        name = ids.court_case_id or ids.urn or ids.prosecutor_reference or ""
        if name in parts:
            continue
        for called in (ids.court_case_id, ids.urn):
            if called is not None:
                ours[called] = name
        parts[name] = data.model_copy(update={"cases": (case,), "applications": ()})
    for application in data.applications:
        names = {ours[called] for called in (*application.court_case_ids, *application.urns) if called in ours}
        if not names:
            parts[f"application:{application.application_id}"] = data.model_copy(
                update={"cases": (), "applications": (application,)}
            )
        for name in names:
            part = parts[name]
            parts[name] = part.model_copy(update={"applications": (*part.applications, application)})
    return list(parts.items())


def _keys(data: BaseModel, findings: set[str]) -> tuple[Key, ...]:
    """The canonical identifiers of one record, sorted; what is no identifier is named among the findings."""
    keys: set[Key] = set()
    for kind, raw in raw_keys(data):
        found = canonical(kind, raw)
        if isinstance(found, Fault):
            findings.add(found.rule)
        else:
            keys.add(Key(found.kind, found.value))
    return tuple(sorted(keys)) if len(keys) > 1 else tuple(keys)


def _body(data: BaseModel) -> bytes:
    return data.model_dump_json(exclude_defaults=True).encode()


def _digest(bodies: Iterable[bytes]) -> str:
    digest = blake2b(digest_size=12)
    for body in bodies:
        digest.update(body)
    return digest.hexdigest()


def _rejected(
    rule: str, field: str, value: str, reason: str, known: dict[str, str] | None
) -> Rejected:
    known = known or {}
    return Rejected(
        rule, field, value[:500], reason,
        known.get("type", ""), known.get("source", ""), known.get("subject", ""), known.get("id", ""),
    )


RULES = {
    "json_invalid": "malformed-json",
    "union_tag_invalid": "unknown-event-type",
    "union_tag_not_found": "no-event-type",
    "missing": "missing-field",
    "extra_forbidden": "unknown-field",
    "literal_error": "unknown-code",
    "no_such_date": "invalid-value",
}
"""Our names of the rules behind pydantic's error types; any other type is `invalid-<type>`."""


def _invalid(error: ValidationError, value: bytes, attributes: dict[str, str] | None) -> Rejected:
    """The first thing that is wrong, named for the sender; a refusal envelope tells its own reason."""
    known: dict[str, str] = {}
    if attributes is not None:
        known = attributes
    else:
        try:
            document = orjson.loads(value)
        except orjson.JSONDecodeError:
            document = None
        if isinstance(document, dict):
            known = {name: item for name, item in document.items() if isinstance(item, str)}
            if known.get("type") == REFUSAL_TYPE and isinstance(document.get("data"), dict):
                data = document["data"]
                text = {name: str(data.get(name, "")) for name in ("rule", "field", "value", "reason")}
                return _rejected(text["rule"], text["field"], text["value"], text["reason"], known)
    first = error.errors(include_url=False, include_context=False)[0]
    rule = RULES.get(first["type"], f"invalid-{first['type'].replace('_', '-')}")
    field = ".".join(str(step) for step in first["loc"] if step != known.get("type")) or "type"
    given = first["input"]
    shown = given if isinstance(given, str) else json.dumps(given, default=str)  # orjson knows no large numbers
    if rule in ("unknown-event-type", "no-event-type"):
        field, shown = "type", known.get("type", "")
    return _rejected(rule, field, shown, first["msg"], known)
