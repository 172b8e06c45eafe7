"""What HMCTS tells about cases outside Common Platform's own events -> court.patch: notifications to the CPS, and cases
that were ejected.

    {"businessEventType", "subjectBusinessObjectId", "notificationType", "notificationDate",
     "subjectDetails": {"material", "materialType", "materialName", "materialContentType", "fileName",
                        "courtApplicationSubject": {"courtApplicationId"},
                        "prosecutionCaseSubject": {"caseUrn", "prosecutingAuthority" | "ouCode", "defendantSubject":
                            {"asn", "prosecutorDefendantId", "cpsDefendantId", "cpsPersonDefendantDetails",
                             "cpsOrganisationDefendantDetails"}}},
     "cases": [{"caseUrn", "prosecutingAuthority"}], "additionalDefendantSubject": [{... as defendantSubject ...}]}

    {"CaseId", "ProsecutorCode", "InitiationCode", "CaseReference"}, bare or as the text `data` of an Azure event of
    eventType CaseEjected with its `eventTime`

`cases` and `additionalDefendantSubject`, where they are not empty, take the place of the one in `subjectDetails`. A
notification says that the CPS were told of material. It names people and files for the CPS to find the case by; we find
it by URN, ASN and application, and keep neither names of people nor of files, which may be theirs.
Source of the shapes: cpp-context-staging-prosecutors-spi, cpp-context-progression.
"""

from collections.abc import Iterator

import orjson

from processors.adapters.common_platform_shape import Json, at, made, needed, object_of, objects
from processors.adapters.documents import read_json
from processors.adapters.fields import part, text
from processors.adapters.refuse import UnreadableError
from schemas.court import CaseIds, CourtDefendant, Patch
from schemas.events import CourtPatchEvent, Event

NOTIFICATIONS = frozenset({"defence-requested-to-notify-cps-of-material", "now-generated-for-cps-subscription"})
"""The documented `businessEventType`s: material of the defence, and a notice of an order (NOW) of the court."""

CASE_EJECTED = "CaseEjected"


def told_by_hmcts(payload: Json, time: str | None) -> Iterator[Event] | None:
    """The events of a notification or an ejected case; None for another message. `time`: that of the envelope, where
    the message has none. Raises UnreadableError, also for a type that is not documented, or ValidationError."""
    if name := text(payload, "businessEventType"):
        if name not in NOTIFICATIONS:
            raise _unknown("businessEventType", name)
        return _notification(name, payload, time)
    if name := text(payload, "eventType"):
        if name != CASE_EJECTED:
            raise _unknown("eventType", name)
        return _ejected(_data(payload), at(payload, "eventTime"), time)
    return _ejected(payload, None, time) if "CaseId" in payload else None


def _unknown(field: str, name: str) -> UnreadableError:
    return UnreadableError("unknown-message-type", field, name, f"{name} is no documented notification of HMCTS")


def _notification(name: str, payload: Json, time: str | None) -> Iterator[Event]:
    """One patch; of a notification about several cases one each. It does not say whose defendants they then are, so
    these are left out: they would make the cases one."""
    sent = at(payload, "notificationDate")
    details = object_of(payload, "subjectDetails")
    subject = object_of(details, "prosecutionCaseSubject")
    one_defendant = object_of(subject, "defendantSubject")
    target = f"{name}/{needed(payload, 'subjectBusinessObjectId')}"
    cases = objects(payload, "cases") or [subject]
    defendants = objects(payload, "additionalDefendantSubject") or [one_defendant]
    whom = tuple(_defendant(one) for one in defendants) if len(cases) == 1 else ()
    application = text(part(details, "courtApplicationSubject"), "courtApplicationId")
    told = {
        "patch": "cps_notified", "message": name, "application_id": application, "at": sent,
        "reason": needed(details, "materialType"),
        "detail": orjson.dumps({
            "material": needed(details, "material"), "notificationType": text(payload, "notificationType"),
        }).decode(),
        "defendants": tuple(one for one in whom if one != CourtDefendant()),
    }
    for case in cases:
        urn = text(case, "caseUrn", "caseURN")
        if not (urn or application or told["defendants"]):
            reason = "names neither a case, nor a defendant by an id, nor an application"
            raise UnreadableError("missing-field", "prosecutionCaseSubject", None, reason)
        ids = CaseIds.model_validate({"urn": urn, "prosecutor": text(case, "prosecutingAuthority", "ouCode")})
        about = f"{target}/{urn or ''}" if len(cases) > 1 else target
        data = Patch.model_validate({**told, "ids": ids})
        yield made(CourtPatchEvent, name, "hmcts/notify-cps", f"cps_notified/{about}", data, sent or time)


def _defendant(item: Json) -> CourtDefendant:
    company = part(item, "cpsOrganisationDefendantDetails")
    return CourtDefendant.model_validate({
        "asn": text(item, "asn"),
        "prosecutor_reference": text(item, "prosecutorDefendantId"),
        "cps_defendant_id": text(item, "cpsDefendantId") or text(company, "cpsDefendantId"),
    })


def _data(payload: Json) -> Json:
    """What an Azure event carries, as an object or as its text."""
    told = payload.get("data")
    found = read_json(told) if isinstance(told, str) else told
    if not isinstance(found, dict):
        raise UnreadableError("wrong-shape", "data", None, f"the data of a {CASE_EJECTED} event is a JSON object")
    return found


def _ejected(payload: Json, sent: str | None, time: str | None) -> Iterator[Event]:
    """A case that Common Platform gave back to the older systems."""
    case, initiation = needed(payload, "CaseId"), needed(payload, "InitiationCode")
    ids = CaseIds.model_validate({
        "court_case_id": case, "prosecutor_reference": needed(payload, "CaseReference"),
        "prosecutor": needed(payload, "ProsecutorCode"),
    })
    data = Patch.model_validate({
        "patch": "case_ejected", "message": CASE_EJECTED, "ids": ids, "at": sent,
        "detail": orjson.dumps({"initiationCode": initiation}).decode(),
    })
    yield made(CourtPatchEvent, CASE_EJECTED, "hmcts/case-filter", f"case_ejected/{case}", data, sent or time)
