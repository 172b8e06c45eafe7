"""One message of a feed topic -> what is accepted of it, or why it is rejected. Stateless, pure, for every message
the same however often it is repeated."""

from collections.abc import Iterable
from hashlib import blake2b
from typing import Any, NamedTuple

import orjson
from pydantic import BaseModel, ValidationError
from pydantic_core import from_json

from processors.standardise.contract_faults import ContractFault, contract_fault, shown
from processors.standardise.forms import BrokenDataError, as_contracted
from processors.standardise.hearing_days import hearing_parts, told_twice
from processors.standardise.identifiers import Fault, canonical
from processors.standardise.keys import raw_keys
from processors.standardise.order import order_of
from processors.standardise.persons import said_of_people
from processors.standardise.plausible import (
    FIRST_TIME,
    LAST_TIME,
    TIME_RULE,
    implausible,
    plausible_time,
)
from processors.standardise.plausible import RULE as IMPLAUSIBLE
from schemas.events import EVENT, KINDS, CourtHearingEvent, Event, RecordDeletedEvent
from schemas.flow import EventRef, Head, Key, Part, part_id, subject_id
from schemas.linking import LINK_DECISION
from schemas.person_facts import FACTS_ENCODER
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
    if binary_attributes is not None:
        return _binary(value, ref, binary_attributes)
    try:
        event = EVENT.validate_json(value)
    except ValidationError as error:
        return _repaired(error, value, ref)
    return accept(event, ref)


def _binary(value: bytes, ref: EventRef, attributes: dict[str, str]) -> Accepted | Rejected:
    try:
        data = orjson.loads(value)
    except orjson.JSONDecodeError as error:
        reason = f"is no JSON: {error.msg} at line {error.lineno} column {error.colno}"
        return _rejected(ContractFault("malformed-json", "data", "", reason), attributes)
    document = {**attributes, "data": data}
    try:
        event = EVENT.validate_python(as_contracted(document))
    except ValidationError as error:
        return _invalid(error, document)
    return accept(event, ref)


def _repaired(error: ValidationError, value: bytes, ref: EventRef) -> Accepted | Rejected:
    """What is no event as it stands may be one in the form of the contracts: only then is there anything to pay for
    it."""
    document = _parsed(value)
    try:
        found = as_contracted(document)
        if found is not document:
            return accept(EVENT.validate_python(found), ref)
    except BrokenDataError as broken:
        known = {name: item for name, item in document.items() if isinstance(item, str)}  # type: ignore[attr-defined]
        return _rejected(broken.fault, known)
    except ValidationError as better:
        return _invalid(better, document)
    return _invalid(error, document)


def accept(event: Event, ref: EventRef) -> Accepted | Rejected:
    """A valid event -> its head, with canonical keys and named findings."""
    if event.time is not None and not plausible_time(event.time):
        return Rejected(
            TIME_RULE, "time", event.time, _NO_TIME_OF_AN_EVENT, event.type, event.source, event.subject, event.id
        )
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
            if fault := told_twice(event.data):
                return Rejected(*fault, event.type, event.source, event.subject, event.id)
            parts = tuple(
                _part(event, part_id(subject, name), name, data, findings) for name, data in hearing_parts(event.data)
            )
            digest = _digest(part.body for part in parts)
        else:
            parts = (_part(event, subject, "", event.data, findings),)
            digest = _digest((parts[0].body,))
        if any(next(implausible(event.data, part.body), None) for part in parts):
            findings.add(IMPLAUSIBLE)
    if kind == LINK_DECISION and ref.topic not in ("", DECISIONS_TOPIC):  # a file that is only checked has no topic
        return Rejected(
            "decision-on-a-feed", "type", event.type, _NO_FEED_OF_DECISIONS, event.type, event.source, event.subject,
            event.id,
        )
    if event.time is None:
        findings.add("no-event-time")
    order = order_of(event.time, event.sequence, event.id, digest)
    head = Head(subject, kind, event.source, event.subject, order, deleted, parts, ref)
    return Accepted(event, head, tuple(sorted(findings)))


DECISIONS_TOPIC = "feeds.casestream"
_NO_FEED_OF_DECISIONS = (
    f"a decision about linking, and its deletion, come from {DECISIONS_TOPIC} alone: it is about records of every"
    " agency, so who may send to an agency's feed may not decide"
)

_NO_TIME_OF_AN_EVENT = (
    f"must lie from {FIRST_TIME} to {LAST_TIME}: it orders the states of its record, and one far off would win, or"
    " lose, for good"
)


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


def _part(event: Event, record_id: str, name: str, data: BaseModel, findings: set[str]) -> Part:
    """One record of a state: its identifiers, its body and what it says of people."""
    body = _body(data)
    people = b""
    said = said_of_people(event.source, record_id, data, event.time)
    findings.update(found.rule for one in said.identifiers if isinstance(found := canonical(*one), Fault))
    if said.facts is not None:
        people = FACTS_ENCODER.encode(said.facts)
        if len(body) + len(people) > _MOST_BYTES:
            people = b""
            findings.add("too-many-people")
    return Part(record_id, name, _keys(data, findings), body, people)


_MOST_BYTES = 6_000_000
"""A head has to go into one message; people are left out of a record that would not leave room for them."""


def _body(data: BaseModel) -> bytes:
    return data.model_dump_json(exclude_defaults=True).encode()


def _digest(bodies: Iterable[bytes]) -> str:
    digest = blake2b(digest_size=12)
    for body in bodies:
        digest.update(body)
    return digest.hexdigest()


def _rejected(fault: ContractFault, known: dict[str, str]) -> Rejected:
    return Rejected(
        fault.rule, fault.field, fault.value[:500], fault.reason,
        known.get("type", ""), known.get("source", ""), known.get("subject", ""), known.get("id", ""),
    )


def _invalid(error: ValidationError, document: object) -> Rejected:
    """The first thing that is wrong, named for the sender; a refusal envelope tells its own reason. `document`: the
    event as parsed, None where it is no JSON."""
    known: dict[str, str] = {}
    if isinstance(document, list):
        return _rejected(_BATCH._replace(value=shown(document)), known)
    if isinstance(document, dict):
        known = {name: item for name, item in document.items() if isinstance(item, str)}
        if known.get("type") == REFUSAL_TYPE and isinstance(document.get("data"), dict):
            told = document["data"]
            return _rejected(
                ContractFault(*(str(told.get(name, "")) for name in ("rule", "field", "value", "reason"))), known
            )
    return _rejected(contract_fault(error.errors(include_url=False)[0], known.get("type", "")), known)


_BATCH = ContractFault(
    "batch-of-events", "event", "",
    "a message holds one event: send each event of a batch (application/cloudevents-batch+json) as a message of its "
    "own, as `casestream publish` does with a file that holds an array",
)


def _parsed(value: bytes) -> object:
    """The document as the contracts' own parser reads it, which knows numbers that JSON has not (NaN, Infinity); None
    where it is no JSON."""
    try:
        document: object = from_json(value)
    except ValueError:
        return None
    return document


def errors_of(value: bytes) -> list[Any]:
    """Every error of an event in structured mode, the first being the one that it is rejected by; none where something
    else than a contract is broken."""
    document = _parsed(value)
    if isinstance(document, list) or (isinstance(document, dict) and document.get("type") == REFUSAL_TYPE):
        return []
    try:
        found = as_contracted(document)
        if found is document:
            EVENT.validate_json(value)
        else:
            EVENT.validate_python(found)
    except BrokenDataError:
        return []
    except ValidationError as error:
        return list(error.errors(include_url=False))
    return []
