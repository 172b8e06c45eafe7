"""HMPPS messages and records -> hmpps.* events.

What comes: domain events, raw NOMIS events and legacy Delius events, bare or in their SNS envelope; prisoner and
probation records; court hearings and items of Libra's lists as HMPPS receive them, which go to the adapter of the
courts. A file holds one document, an array of them, or one a line. Most events are thin: they become `hmpps.notice`;
movements, merges and unmerges carry their facts and become records of their own. That a person's records are gone
deletes them here too.

`time` is the message's own (`occurredAt`, `eventDatetime`), else that of its SNS notification, else the source's `at`.
"""

from collections.abc import Iterator

from processors.adapters.base import Refusal, SourceFile, content_digest
from processors.adapters.common_platform import court_events
from processors.adapters.documents import Document, canonical
from processors.adapters.fields import part, parts, text
from processors.adapters.hmpps_records import prisoner, probation_case
from processors.adapters.hmpps_types import (
    CASE_MERGED,
    CASE_UNMERGED,
    CASES_DELETED,
    COURT_MESSAGES,
    HEARING_MESSAGE,
    OF_PRISONER,
    OF_PROBATION_CASE,
    PRISONER_MERGED,
    PRISONER_RECORD,
    PRISONERS_REMOVED,
    PROBATION_RECORD,
    RECALL_MOVEMENT,
    RECEIVED,
    RECEPTIONS,
    RELEASED,
    RELEASES,
    is_notice,
)
from processors.adapters.libra import is_item
from processors.adapters.refuse import UnreadableError
from processors.adapters.sns import attributes_of, unwrap
from processors.adapters.times import moment
from processors.adapters.whole import each_whole
from schemas.events import EVENT, Event

_ENVELOPE = {
    "eventType", "version", "occurredAt", "publishedAt", "eventDatetime", "description", "detailUrl",
    "personReference", "additionalInformation", "crn", "offenderIdDisplay", "bookingId",
}
_PLACED = {"nomsNumber", "prisonerNumber", "prisonerId", "crn", "bookingId", "prisonId", "reason"}
"""Facts of a notice that have a field of their own; the others are its `detail`."""


def hmpps(source: SourceFile) -> Iterator[Event | Refusal]:
    """The events of an HMPPS file or message.

    Refusals: `malformed-json`, `too-large`, `too-deep`, `no-message` (attributes without their message),
    `unknown-message-type` (it names the type), those of the adapter of the courts, `invalid-<field>`."""
    return each_whole(source, lambda document: _read(document, source))


def _read(document: Document, source: SourceFile) -> Iterator[Event]:
    payload, attributes, sent = unwrap(document.value)
    message_type = attributes.get("messageType") or attributes.get("eventType")
    hearing = isinstance(payload, dict) and isinstance(payload.get("hearing"), dict)
    if hearing or is_item(payload) or message_type in COURT_MESSAGES:
        yield from court_events(document, source)
        return
    lone = attributes_of(payload)
    if found := lone.get("messageType") or lone.get("eventType"):
        raise UnreadableError("no-message", "messageType", found, f"attributes of a {found} message without it")
    if not isinstance(payload, dict):
        raise UnreadableError("unknown-message-type", "payload", None, "is no JSON object")
    for made in _events(payload, message_type, sent, moment(source.at)):
        yield EVENT.validate_python(made)


def _events(
    payload: dict[str, object], message_type: str | None, sent: str | None, at: str | None
) -> list[dict[str, object]]:
    """The CloudEvents of a payload, as dicts for the contract to check: one, and where a person's records are deleted
    the deletion of each."""
    event_type = text(payload, "eventType")
    if event_type is None and "prisonerNumber" in payload:
        return [_record(*PRISONER_RECORD, "prison_number", prisoner(payload), sent or at)]
    if event_type is None and "crn" in part(payload, "identifiers"):
        return [_record(*PROBATION_RECORD, "crn", probation_case(payload), sent or at)]
    event_type = event_type or message_type
    if event_type is None or event_type == HEARING_MESSAGE:
        raise UnreadableError(
            "unknown-message-type", "eventType", event_type, "no domain event, prisoner or probation record, or hearing"
        )
    time = _time(payload) or sent or at
    if event_type in RECEIVED or event_type in RELEASED:
        return [_movement(event_type, payload, time)]
    if event_type in (PRISONER_MERGED, CASE_MERGED, CASE_UNMERGED):
        return [_merge(event_type, payload, time)]
    if is_notice(event_type):
        return [*_deletions(event_type, payload, time), _notice(event_type, payload, time)]
    raise UnreadableError(
        "unknown-message-type", "eventType", event_type, f"{event_type} is no event type of HMPPS that we know"
    )


def _record(kind: str, source: str, key: str, data: dict[str, object], time: str | None) -> dict[str, object]:
    subject = _need(data[key], key)
    event_id = content_digest(kind, canonical(data), time or "")
    return {"type": kind, "id": event_id, "source": source, "subject": subject, "time": time, "data": data}


def _movement(event_type: str, payload: dict[str, object], time: str | None) -> dict[str, object]:
    """Subject: prisoner, direction and time, so that a movement that is told again is the same record."""
    more = part(payload, "additionalInformation")
    prison_number = _need(_prison_number(payload), "prison_number")
    reason = text(more, "reason")
    coming = event_type in RECEIVED
    movement = (RECEPTIONS if coming else RELEASES).get(reason or "", "received" if coming else "released")
    at = _need(time, "occurredAt")
    direction = "received" if coming else "released"
    movement_code = text(more, "nomisMovementReasonCode")
    data: dict[str, object] = {
        "movement_id": f"{prison_number}/{direction}/{at}", "prison_number": prison_number,
        "booking_id": text(more, "bookingId"), "movement": movement, "at": at, "prison_id": text(more, "prisonId"),
        "reason": reason, "movement_code": movement_code,
        "custody_type": "recall" if movement_code == RECALL_MOVEMENT else None,
    }
    return _record("hmpps.custody_movement", _source(event_type), "movement_id", data, time)


def _merge(event_type: str, payload: dict[str, object], time: str | None) -> dict[str, object]:
    more = part(payload, "additionalInformation")
    if event_type == CASE_UNMERGED:
        reactivated, unmerged = text(more, "reactivatedCRN"), text(more, "unmergedCRN")
        unmerge: dict[str, object] = {
            "id_kind": "crn", "reactivated_id": reactivated, "unmerged_from_id": _need(unmerged, "unmergedCRN"),
        }
        return _record("hmpps.unmerge", _source(event_type), "reactivated_id", unmerge, time)
    if event_type == CASE_MERGED:
        kind, merged, kept = "crn", text(more, "sourceCRN"), _need(text(more, "targetCRN"), "targetCRN")
    else:
        kind, merged = "prison_number", text(more, "removedNomsNumber")
        kept = _need(_prison_number(payload), "nomsNumber")
    merge: dict[str, object] = {
        "id_kind": kind, "merged_id": merged, "kept_id": kept, "reason": text(more, "reason"),
    }
    return _record("hmpps.merge", _source(event_type), "merged_id", merge, time)


def _deletions(event_type: str, payload: dict[str, object], time: str | None) -> Iterator[dict[str, object]]:
    """The deletion of each record of a person that the message says is gone; nothing for any other notice."""
    if event_type in CASES_DELETED:
        subject, records = _need(_crn(payload), "crn"), OF_PROBATION_CASE
    elif event_type in PRISONERS_REMOVED:
        subject, records = _need(_prison_number(payload), "prison_number"), OF_PRISONER
    else:
        return
    at = _need(time, "occurredAt")  # without a time it would come before what it deletes
    for kind, source in records:
        yield {
            "type": "record.deleted", "id": content_digest("record.deleted", event_type, kind, subject, at),
            "source": source, "subject": subject, "time": at, "data": {"kind": kind, "reason": event_type},
        }


def _notice(event_type: str, payload: dict[str, object], time: str | None) -> dict[str, object]:
    more = part(payload, "additionalInformation")
    rest = {name: value for name, value in payload.items() if name not in _ENVELOPE}
    rest |= {name: value for name, value in more.items() if name not in _PLACED}
    told = {name: value for name, value in payload.items() if name != "publishedAt"}
    event_id = content_digest("hmpps.notice", event_type, canonical(told), time or "")
    return {
        "type": "hmpps.notice", "id": event_id, "source": _source(event_type), "subject": f"{event_type}/{event_id}",
        "time": time,
        "data": {
            "notice": event_type, "prison_number": _prison_number(payload),
            "crn": _crn(payload),
            "booking_id": text(more, "bookingId") or text(payload, "bookingId"), "prison_id": text(more, "prisonId"),
            "reason": text(more, "reason"), "detail": canonical(rest).decode() if rest else None,
        },
    }


def _time(payload: dict[str, object]) -> str | None:
    """The message's own time; one that cannot be read is refused, since any other would be wrong."""
    for name in ("occurredAt", "eventDatetime"):
        if written := text(payload, name):
            if (read := moment(written)) is None:
                raise UnreadableError(f"invalid-{name}", name, written, "is no time that we can read")
            return read
    return None


def _prison_number(payload: dict[str, object]) -> str | None:
    more = part(payload, "additionalInformation")
    return (
        text(more, "nomsNumber", "prisonerNumber", "prisonerId")
        or _identifier(payload, "NOMS")
        or text(payload, "offenderIdDisplay")
    )


def _crn(payload: dict[str, object]) -> str | None:
    more = part(payload, "additionalInformation")
    return _identifier(payload, "CRN") or text(more, "crn") or text(payload, "crn")


def _identifier(payload: dict[str, object], kind: str) -> str | None:
    """The person's identifier of a kind: `personReference.identifiers[{type, value}]`."""
    for identifier in parts(part(payload, "personReference"), "identifiers"):
        if text(identifier, "type") == kind:
            return text(identifier, "value")
    return None


def _source(event_type: str) -> str:
    """The service that tells: the first word of a domain event's type; NOMIS or Delius for the older ones, which
    shout."""
    service = event_type.split(".")[0]
    if service != event_type:
        return f"hmpps/{service}"
    return "hmpps/nomis" if "-" in event_type or event_type.endswith("_UPSERTED") else "hmpps/delius"


def _need(value: object, field: str) -> str:
    if not isinstance(value, str) or not value:
        raise UnreadableError(f"invalid-{field.replace('_', '-')}", field, value, "is required")
    return value
