"""Prosecution cases of Common Platform: as created, as heard on a day, as resulted to the police."""

from collections.abc import Iterator

from processors.adapters.common_platform_codes import case_status, jurisdiction
from processors.adapters.common_platform_once import each_once
from processors.adapters.common_platform_people import defendant
from processors.adapters.common_platform_shape import Json, at, made, needed, object_of, objects
from processors.adapters.fields import on, part, parts, text
from processors.adapters.refuse import UnreadableError, build, each
from schemas.court import CaseIds, CourtCase, HearingCase, NextHearing, ResultedCase
from schemas.events import CourtCaseEvent, CourtResultedCaseEvent, Event

SOURCE = "common-platform"
"""The `source` of every event from Common Platform."""

_CREATING = ("created", "initiated", "referred-to-court")


def case_ids(case: Json) -> CaseIds:
    """Police cases have a URN, others the prosecutor's own reference."""
    called = part(case, "prosecutionCaseIdentifier")
    return CaseIds.model_validate({
        "court_case_id": text(case, "id", "caseId", "prosecutionCaseId"),
        "urn": text(called, "caseURN", "caseUrn") or text(case, "urn", "caseUrn", "caseURN"),
        "prosecutor_reference": text(called, "prosecutionAuthorityReference"),
        "prosecutor": text(called, "prosecutionAuthorityCode", "prosecutionAuthorityOUCode"),
    })


def markers(case: Json) -> tuple[str, ...]:
    """The codes of the case's markers."""
    return tuple(code for marker in parts(case, "caseMarkers") if (code := text(marker, "markerTypeCode")))


def heard(case: Json, attendance: dict[str, str]) -> HearingCase:
    """A prosecution case as it was heard. `attendance`: defendant id -> how they attended that day."""
    return build(HearingCase, {
        "ids": lambda: case_ids(case),
        "status": case_status(text(case, "caseStatus")),
        "initiation": text(case, "initiationCode"),
        "originating_organisation": text(case, "originatingOrganisation"),
        "cps_organisation": text(case, "cpsOrganisation"),
        "markers": markers(case),
        "defendants": lambda: each(
            "defendants", objects(case, "defendants"), lambda one: defendant(one, attendance.get(text(one, "id") or ""))
        ),
    })


def court_cases(message: str, payload: Json, time: str | None) -> Iterator[Event]:
    """court.case, one a prosecution case: of `{prosecutionCase}`, of the cases of a group, or of a referral to court
    with the hearing that it asks for. Received when proceedings began; else, for messages that create a case, when
    the message was sent."""
    referral = part(payload, "courtReferral") or payload
    single = object_of(payload, "prosecutionCase")
    cases = [single] if single else each_once(
        objects(referral, "prosecutionCases", "groupProsecutionCases", "cases")
    )
    if not cases:
        raise UnreadableError("missing-field", "prosecutionCase", None, f"{message} names no prosecution case")
    listing = next(iter(parts(referral, "listHearingRequests")), {})
    court = part(listing, "courtCentre")
    for case in cases:
        told = heard(_with_codes(case), {})
        began = [one.proceedings_initiated_at for one in told.defendants if one.proceedings_initiated_at]
        received = min(began) if began else time if any(word in message for word in _CREATING) else None
        data = CourtCase.model_validate({
            "ids": told.ids,
            "jurisdiction": jurisdiction(text(listing, "jurisdictionType")),
            "status": told.status,
            "initiation": told.initiation,
            "originating_organisation": told.originating_organisation,
            "cps_organisation": told.cps_organisation,
            "court_ou": text(court, "code"),
            "court_name": text(court, "name"),
            "received_at": received,
            "markers": told.markers,
            "defendants": told.defendants,
        })
        subject = needed(case, "id", "caseId", "prosecutionCaseId")
        yield made(CourtCaseEvent, message, SOURCE, subject, data, time)


def _with_codes(case: Json) -> Json:
    """A referral names offences by their definition alone; the code comes with the created case. Such an offence is
    left out here: without a code it can be neither counted nor grouped."""
    everyone = [
        one | {"offences": [
            item for item in objects(one, "offences") if text(item, "offenceCode", "code", "cjsCode")
            or "offenceDefinitionId" not in item or "judicialResults" in item
        ]}
        for one in objects(case, "defendants")
    ]
    return case | {"defendants": everyone}


def police_result(message: str, payload: Json, time: str | None) -> Iterator[Event]:
    """court.resulted_case: the results of one defendant of one case. The message's id is that of the court's session,
    which other cases and defendants share, so the record's id names all three."""
    one = object_of(payload, "defendant")
    case = needed(payload, "caseId", "urn")
    where = part(payload, "courtCentreWithLJA")
    court = part(where, "courtCentre")
    days = sorted(day for item in parts(payload, "sessionDays") if (day := on(item, "sittingDay")))
    attended = {
        text(item, "day"): (text(item, "attendanceType") or "").lower() or None for item in parts(one, "attendanceDays")
    }
    day = days[0] if days else None
    subject = f"{text(payload, 'id') or day or ''}/{case}/{needed(one, 'defendantId', 'id')}"
    data = ResultedCase.model_validate({
        "resulted_case_id": subject,
        "ids": case_ids(payload | {"id": text(payload, "caseId")}),
        "route": "police_result",
        "court_ou": text(where, "courtHearingLocation") or text(court, "code", "courtHearingLocation"),
        "court_name": text(court, "name"),
        "psa_code": text(where, "psaCode") or text(court, "psaCode"),
        "hearing_day": day,
        "defendants": (defendant(one, attended.get(day)),),
    })
    yield made(CourtResultedCaseEvent, message, SOURCE, subject, data, time)


def sending_sheet(message: str, payload: Json, time: str | None) -> Iterator[Event]:
    """court.resulted_case: a magistrates' court sends a case to the Crown Court."""
    hearing = object_of(payload, "hearing")
    crown = part(payload, "crownCourtHearing")
    sent = on(hearing, "sendingCommittalDate")
    subject = f"sending-sheet/{needed(hearing, 'caseId', 'caseUrn')}"
    following = NextHearing.model_validate({
        "court_name": text(crown, "courtCentreName"),
        "listed_for": at(crown, "ccHearingDate"),
        "jurisdiction": "crown",
    })
    data = ResultedCase.model_validate({
        "resulted_case_id": subject,
        "ids": case_ids(hearing | {"id": text(hearing, "caseId")}),
        "route": "police_result",
        "court_name": text(hearing, "courtCentreName"),
        "hearing_day": sent,
        "sent_on": sent,
        "next_hearing": following if crown else None,
        "defendants": each("hearing.defendants", objects(hearing, "defendants"), defendant),
    })
    yield made(CourtResultedCaseEvent, message, SOURCE, subject, data, time)
