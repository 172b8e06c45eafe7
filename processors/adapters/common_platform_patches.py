"""Messages of Common Platform that change one thing -> court.patch, court.match.

Each patch is a record of its own: subject `patch/target`, where the target is what the message is about. A message
about several offences, defendants or hearings becomes one patch for each, so that a later one about one of them leaves
the others alone. Ids are taken from wherever the message has them, so that nothing of it is lost to linking.
"""

from collections.abc import Callable, Iterator

import orjson

from processors.adapters.base import content_digest
from processors.adapters.common_platform_cases import SOURCE, markers
from processors.adapters.common_platform_codes import jurisdiction, mode_of_trial_reason, plea, trial_status
from processors.adapters.common_platform_ids import ids_in
from processors.adapters.common_platform_people import defendant, offence, verdict
from processors.adapters.common_platform_shape import Json, at, made, needed, object_of, objects, unique
from processors.adapters.documents import canonical
from processors.adapters.fields import flag, on, part, parts, text
from processors.adapters.refuse import UnreadableError
from schemas.court import CourtDefendant, Patch
from schemas.events import CourtMatchEvent, CourtPatchEvent, Event
from schemas.thin import Match

Piece = tuple[str, dict[str, object]]
"""One patch of a message: its target, and its fields beside the ids."""

_WHOLE_LISTINGS = ("hearing-confirmed", "hearing-updated")
_DETAIL = 4_000


def patches(message: str, kind: str, payload: Json, time: str | None) -> Iterator[Event]:
    """The patches that a message makes. Raises UnreadableError where it does not say what it is about, or names
    nothing that changed (`no-record-content`): an empty list, or one under a name that is not documented."""
    pieces = list(_PIECES.get(kind, _other)(payload))
    if not pieces:
        keys = ", ".join(sorted(payload)[:8])
        raise UnreadableError("no-record-content", "message", keys, f"{message} names nothing that changed")
    short = message.rsplit(".", 1)[-1]
    for target, fields in pieces:
        if kind == "hearing_listed" and short not in _WHOLE_LISTINGS:
            target = f"{target}/{short}"  # says less than the whole listing, and must not replace it
        if kind == "other":
            target = f"{short}/{target}"
        found = {"patch": kind, "message": message, **ids_in(payload), **fields}
        yield made(CourtPatchEvent, message, SOURCE, f"{kind}/{target}", Patch.model_validate(found), time)


def matched(message: str, payload: Json, time: str | None, is_match: bool) -> Iterator[Event]:
    """court.match: a defendant is (or is no longer) the same person as one of another case."""
    who = needed(payload, "defendantId")
    data = Match.model_validate({
        "matched": is_match,
        "defendant_id": who,
        "court_case_id": text(payload, "prosecutionCaseId", "caseId"),
        "master_defendant_id": text(payload, "masterDefendantId"),
        "matched_defendant_id": text(payload, "matchedDefendantId"),
    })
    yield made(CourtMatchEvent, message, SOURCE, who, data, time)


def _plea(payload: Json) -> Iterator[Piece]:
    models = [object_of(payload, "pleaModel")] if "pleaModel" in payload else objects(payload, "pleas")
    for model in models or [payload]:
        told = part(model, "plea")
        indicated = part(model, "indicatedPlea")
        offence_id = text(model, "offenceId") or needed(told or indicated, "offenceId")
        allocation = part(model, "allocationDecision")
        reason = mode_of_trial_reason(text(allocation, "motReasonCode"))
        yield offence_id, {
            "offence_id": offence_id,
            "plea": plea(text(told, "pleaValue", "value") or text(model, "plea", "pleaValue")),
            "plea_on": on(told, "pleaDate", "date") or on(model, "pleaDate"),
            "indicated_plea": plea(text(indicated, "indicatedPleaValue", "value")),
            "reason": text(allocation, "motReasonDescription"),
            "detail": f"allocation {reason}" if reason else None,
        }


def _verdict(payload: Json) -> Iterator[Piece]:
    told = payload.get("verdicts", payload.get("verdict"))
    for one in told if isinstance(told, list) else [told if isinstance(told, dict) else payload]:
        if not isinstance(one, dict):
            raise UnreadableError("wrong-shape", "verdicts", one, "a verdict is an object")
        offence_id = needed(one, "offenceId")
        yield offence_id, {"offence_id": offence_id, "verdict": verdict(one)}


def _conviction_date(payload: Json) -> Iterator[Piece]:
    offence_id = needed(payload, "offenceId")
    yield offence_id, {"offence_id": offence_id, "conviction_on": on(payload, "convictionDate")}


def _case_markers(payload: Json) -> Iterator[Piece]:
    yield needed(payload, "prosecutionCaseId", "caseId"), {"markers": markers(payload)}


def _attendance(payload: Json) -> Iterator[Piece]:
    attended = object_of(payload, "attendanceDay")
    on_day = on(attended, "day")
    target = f"{needed(payload, 'hearingId')}/{needed(payload, 'defendantId')}/{on_day or ''}"
    how = text(attended, "attendanceType")
    yield target, {"at": on_day, "attendance": how.lower() if how else None}


def _trial_type(payload: Json) -> Iterator[Piece]:
    status = trial_status(text(payload, "type"))
    reason_id = text(payload, "trialTypeId")
    effective = flag(payload, "isEffectiveTrial")
    trial = {
        "status": status or ("effective" if effective else None),
        "reason_code": text(payload, "code"),
        "reason_id": reason_id,
        "description": text(payload, "description"),
    }
    yield needed(payload, "hearingId"), {"trial": trial, "effective_trial": effective}


def _trial_vacated(payload: Json) -> Iterator[Piece]:
    """An absent or empty reason undoes it: then there is no trial status."""
    reason_id = text(payload, "vacatedTrialReasonId", "trialTypeId")
    trial = {
        "status": "vacated",
        "reason_code": text(payload, "code"),
        "reason_id": reason_id,
        "description": text(payload, "description"),
    }
    listed = unique([at(payload, "hearingDateTime")])
    yield needed(payload, "hearingId"), {"trial": trial if reason_id else None, "listed_for": listed}


def _hearing_listed(payload: Json) -> Iterator[Piece]:
    whole = object_of(payload, "confirmedHearing", "updatedHearing", "hearing")
    several = objects(payload, "hearings")
    for hearing in [whole] if whole else several or [payload]:
        court = part(hearing, "courtCentre")
        kind = text(part(hearing, "type"), "description") or text(hearing, "type", "hearingType")
        target = needed(hearing, "id", "hearingId", "hearingIdToBeUpdated", "existingHearingId")
        yield target, {
            "hearing_id": target,
            "hearing_type": kind,
            "jurisdiction": jurisdiction(text(hearing, "jurisdictionType")),
            "court_ou": text(court, "code", "courtHearingLocation"),
            "court_name": text(court, "name") or text(hearing, "courtCentreName"),
            "listed_for": _listed_for(hearing),
        }


def _listed_for(hearing: Json) -> tuple[str, ...]:
    days = [at(item, "sittingDay") for item in parts(hearing, "hearingDays") if not flag(item, "isCancelled")]
    start, clock = text(hearing, "startDate"), text(hearing, "startTime")
    single = at({"at": f"{start}T{clock}"}, "at") if start and clock else at(hearing, "startDate", "startDateTime")
    return unique(days or [single or at(hearing, "hearingDateTime", "hearingStartDate", "listedStartDateTime")])


def _adjourned(payload: Json) -> Iterator[Piece]:
    case = needed(payload, "caseId", "urn")
    for target, fields in _hearing_listed(payload):
        yield f"{case}/{target}", fields


def _hearing(payload: Json) -> Iterator[Piece]:
    request = part(payload, "hearingRequest") or part(payload, "hearing")
    target = text(payload, "hearingId") or needed(request, "id", "hearingId")
    days = payload.get("cancelledHearingDays")
    cancelled = [at(item, "sittingDay") for item in days if isinstance(item, dict)] if isinstance(days, list) else []
    yield target, {"hearing_id": target, "listed_for": unique(cancelled), "reason": text(payload, "reason")}


def _hearing_event(payload: Json) -> Iterator[Piece]:
    told = object_of(payload, "hearingEvent") or payload
    hearing = part(payload, "hearing")
    court = part(hearing, "courtCentre")
    yield text(told, "lastHearingEventId") or needed(told, "hearingEventId"), {
        "at": at(told, "eventTime"),
        "reason": text(told, "recordedLabel"),
        "hearing_type": text(hearing, "hearingType"),
        "jurisdiction": jurisdiction(text(hearing, "jurisdictionType")),
        "court_name": text(court, "courtCentreName", "name"),
        "court_ou": text(court, "code"),
        "detail": _detail({"hearingEventId": text(told, "hearingEventId"), "note": text(told, "note")}),
    }


def _counsel(payload: Json) -> Iterator[Piece]:
    """Whom counsel acts for and when; never their name."""
    told = object_of(payload, "prosecutionCounsel", "defenceCounsel")
    target = f"{needed(payload, 'hearingId')}/{text(told, 'id') or content_digest(canonical(told))}"
    yield target, {"reason": "prosecution" if "prosecutionCounsel" in payload else "defence"}


def _offences_changed(payload: Json) -> Iterator[Piece]:
    for list_name, change in (
        ("updatedOffences", "updated"), ("addedOffences", "added"), ("deletedDefendantCaseOffences", "deleted"),
        ("deletedOffences", "deleted"),
    ):
        for group in objects(payload, list_name):
            who, case = text(group, "defendantId"), text(group, "prosecutionCaseId", "caseId")
            about = {"defendant_id": who, "court_case_ids": (case,) if case else (), "reason": change}
            offences = group.get("offences")
            if offences is None:
                continue
            if not isinstance(offences, list):
                raise UnreadableError("wrong-shape", f"{list_name}.offences", offences, "a list of offences or ids")
            for item in offences:
                if isinstance(item, str) and item:
                    yield item, {**about, "offence_id": item}
                elif isinstance(item, dict):
                    known = offence(item) if text(item, "offenceCode", "code") else None
                    offence_id = needed(item, "id", "offenceId")
                    told = CourtDefendant(defendant_id=who, offences=(known,) if known else ())
                    yield offence_id, {**about, "offence_id": offence_id, "defendants": (told,)}
                else:
                    raise UnreadableError("wrong-shape", f"{list_name}.offences", item, "an offence or its id")


def _defendants(payload: Json) -> Iterator[Piece]:
    single = object_of(payload, "defendant")
    everyone = [single] if single else objects(payload, "defendants")
    for item in everyone or [payload]:
        told = defendant(item) if everyone else None
        target = needed(item, "id", "defendantId")
        case = text(item, "prosecutionCaseId") or text(payload, "prosecutionCaseId", "caseId")
        yield target, {
            "defendant_id": target,
            "master_defendant_id": text(item, "masterDefendantId"),
            "court_case_ids": (case,) if case else (),
            "defendants": (told,) if told else (),
        }


def _ejected(payload: Json) -> Iterator[Piece]:
    yield needed(payload, "prosecutionCaseId", "caseId", "applicationId"), {"reason": text(payload, "removalReason")}


def _linked(payload: Json) -> Iterator[Piece]:
    for case in objects(payload, "cases") or [payload]:
        with_cases = [text(other, "caseUrn", "caseId") for other in parts(case, "linkedToCases")]
        yield needed(case, "caseId", "prosecutionCaseId", "caseUrn"), {
            "ids": {"court_case_id": text(case, "caseId", "prosecutionCaseId"), "urn": text(case, "caseUrn")},
            "reason": text(payload, "linkActionType"),
            "detail": "with " + ", ".join(unique(with_cases)) if with_cases else None,
        }


def _prosecutor(payload: Json) -> Iterator[Piece]:
    target = needed(payload, "prosecutionCaseId", "caseId")
    yield target, {
        "ids": {
            "court_case_id": target,
            "urn": text(payload, "caseURN", "caseUrn"),
            "prosecutor_reference": text(payload, "prosecutionAuthorityReference"),
            "prosecutor": text(payload, "prosecutionAuthorityCode"),
        },
        "reason": f"before: {before}" if (before := text(payload, "oldCpsProsecutor")) else None,
    }


def _legal_aid(payload: Json) -> Iterator[Piece]:
    yield needed(payload, "defendantId"), {"reason": text(payload, "legalAidStatus")}


def _withdrawn(payload: Json) -> Iterator[Piece]:
    outcomes = object_of(payload, "resultedOffences")
    for offence_id, outcome in outcomes.items():
        reason = outcome.lower() if isinstance(outcome, str) else None
        yield offence_id, {"offence_id": offence_id, "reason": reason}
    if not outcomes:
        yield needed(payload, "defendantId", "caseId"), {}


def _custody_time_limit(payload: Json) -> Iterator[Piece]:
    limit = on(payload, "extendedTimeLimit", "timeLimit")
    offences = payload.get("offenceIds")
    several = [one for one in offences if isinstance(one, str)] if isinstance(offences, list) else []
    for target in unique([text(payload, "offenceId"), *several]) or (None,):
        yield target or needed(payload, "offenceId", "hearingId"), {
            "offence_id": target, "custody_time_limit_on": limit, "reason": None if limit else "stopped",
        }


def _application(payload: Json) -> Iterator[Piece]:
    told = object_of(payload, "courtApplication", "application") or payload
    target = needed(told, "id", "applicationId")
    kind = part(told, "type")
    yield target, {
        "application_id": target,
        "at": at(told, "applicationReceivedDate"),
        "reason": text(kind, "type", "applicationType", "description"),
        "detail": text(told, "applicationStatus"),
    }


def _retention(payload: Json) -> Iterator[Piece]:
    yield needed(payload, "caseId", "prosecutionCaseId"), {"detail": _detail(payload)}


def _other(payload: Json) -> Iterator[Piece]:
    """Kept for the record: its ids, and the small values at its top."""
    named = text(
        payload, "id", "hearingId", "courtListId", "caseId", "prosecutionCaseId", "applicationId", "submissionId"
    )
    yield named or content_digest(canonical(payload)), {"detail": _detail(payload)}


def _detail(payload: Json) -> str | None:
    """The short values at the top of a message as JSON; longer ones are documents or people."""
    small = {
        name: value for name, value in sorted(payload.items())
        if isinstance(value, bool | int | float) or (isinstance(value, str) and len(value) <= 200)
    }
    return orjson.dumps(small).decode()[:_DETAIL] if small else None


_PIECES: dict[str, Callable[[Json], Iterator[Piece]]] = {
    "plea": _plea,
    "verdict": _verdict,
    "conviction_date": _conviction_date,
    "case_markers": _case_markers,
    "attendance": _attendance,
    "trial_type": _trial_type,
    "trial_vacated": _trial_vacated,
    "hearing_listed": _hearing_listed,
    "adjourned": _adjourned,
    "hearing_day_cancelled": _hearing,
    "hearing_deleted": _hearing,
    "hearing_extended": _hearing,
    "duplicate_hearing": _hearing,
    "hearing_event": _hearing_event,
    "counsel": _counsel,
    "offences_changed": _offences_changed,
    "defendant_changed": _defendants,
    "defendant_added": _defendants,
    "case_ejected": _ejected,
    "case_linked": _linked,
    "prosecutor_changed": _prosecutor,
    "legal_aid": _legal_aid,
    "withdrawn_or_dismissed": _withdrawn,
    "custody_time_limit": _custody_time_limit,
    "application": _application,
    "case_retention": _retention,
}
