"""The courts' resulted hearing, in all its forms: the snapshot of one sitting day, whole at every share."""

from collections.abc import Iterator

from processors.adapters.common_platform_cases import SOURCE, heard
from processors.adapters.common_platform_codes import jurisdiction, plea, trial_status
from processors.adapters.common_platform_lines import old_cases
from processors.adapters.common_platform_once import each_once
from processors.adapters.common_platform_people import defendant, offence
from processors.adapters.common_platform_person_results import person_results, place
from processors.adapters.common_platform_results import results
from processors.adapters.common_platform_shape import Json, at, made, needed, object_of, objects, unique
from processors.adapters.fields import flag, on, part, parts, text
from processors.adapters.refuse import UnreadableError, build, each, under
from processors.adapters.times import day
from schemas.court import Application, CourtDefendant, CourtOffence, Hearing, HearingCase, Result, TrialEffectiveness
from schemas.events import CourtHearingEvent, Event


def hearing(message: str, payload: Json, time: str | None) -> Iterator[Event]:
    """court.hearing of `{hearing, hearingDay, sharedTime}`, of `{hearing}` as HMPPS sees it, of a bare hearing, or of
    the older form with shared result lines. Subject: hearing id and day; time: when it was shared, else the
    envelope's. Raises UnreadableError or ValidationError."""
    told = object_of(payload, "hearing") or payload
    shared = at(payload, "sharedTime") or at(told, "sharedTime") or time
    hearing_id = needed(told, "id", "hearingId")
    on_day = _hearing_day(payload, told, shared)
    attendance = _attendance(told, on_day)
    old = told.get("prosecutionCases") is None and told.get("defendants") is not None
    court = part(told, "courtCentre")
    data = build(Hearing, {
        "hearing_id": hearing_id,
        "hearing_day": on_day,
        "jurisdiction": jurisdiction(text(told, "jurisdictionType")),
        "hearing_type": text(part(told, "type"), "description") or text(told, "type"),
        "court_ou": text(court, "code", "courtHearingLocation"),
        "court_name": text(court, "name", "courtCentreName"),
        "sitting_days": unique([at(item, "sittingDay") for item in _days(told)]),
        "reshare": flag(payload, "isReshare"),
        "box_hearing": _either(told, "isBoxHearing", "isVirtualBoxHearing"),
        "single_justice": flag(told, "isSJPHearing"),
        "trial": under("crackedIneffectiveTrial", lambda: trial(object_of(told, "crackedIneffectiveTrial"))),
        "effective_trial": flag(told, "isEffectiveTrial"),
        "vacated_trial": flag(told, "isVacatedTrial"),
        "cases": lambda: tuple(old_cases(told)) if old else _cases(told, attendance),
        "applications": lambda: each("courtApplications", objects(told, "courtApplications"), _application),
    })
    cases, applications = list(data.cases), list(data.applications)
    place(person_results(told), cases, applications)
    data = data.model_copy(update={"cases": tuple(cases), "applications": tuple(applications)})
    yield made(CourtHearingEvent, message, SOURCE, f"{hearing_id}/{on_day}", data, shared)


def trial(item: Json) -> TrialEffectiveness | None:
    """What was recorded about the trial. The key is the id: letters repeat."""
    if not item:
        return None
    return TrialEffectiveness.model_validate({
        "status": trial_status(text(item, "type")),
        "reason_code": text(item, "code"),
        "reason_id": text(item, "id", "trialTypeId"),
        "description": text(item, "description"),
        "on": on(item, "date"),
    })


def _days(told: Json) -> list[Json]:
    """The sitting days that were not cancelled; all of them when all were."""
    days = parts(told, "hearingDays")
    return [item for item in days if not flag(item, "isCancelled")] or days


def _hearing_day(payload: Json, told: Json, shared: str | None) -> str:
    """The message's own day; else the earliest sitting day, so that every share of a hearing that does not say its
    day is a state of one record; else the day on which it was shared (the older form has no sitting days)."""
    said = on(payload, "hearingDay") or on(told, "hearingDay")
    if said:
        return said
    sitting = sorted(found for item in _days(told) if (found := on(item, "sittingDay")))
    if sitting:
        return sitting[0]
    if shared_on := day(shared):
        return shared_on
    raise UnreadableError("missing-field", "hearingDay", None, "no hearing day, sitting day or time of sharing")


def _attendance(told: Json, on_day: str) -> dict[str, str]:
    """Defendant id -> in_person, by_video or not_present on the day."""
    found: dict[str, str] = {}
    for item in parts(told, "defendantAttendance"):
        for attended in parts(item, "attendanceDays"):
            if on(attended, "day") == on_day:
                present = {True: "in_person", False: "not_present"}.get(flag(attended, "isInAttendance") or False)
                written = text(attended, "attendanceType")
                how = written.lower() if written else present if "isInAttendance" in attended else None
                who = text(item, "defendantId")
                if who and how:
                    found[who] = how
    return found


def _cases(told: Json, attendance: dict[str, str]) -> tuple[HearingCase, ...]:
    """Every case once. `prosectionCases` is a misspelling that comes beside the right key, for other cases or for a
    copy of the same ones, which is not read."""
    rightly = each_once(objects(told, "prosecutionCases"))
    names = {text(item, "id") for item in rightly}
    misspelt = [item for item in each_once(objects(told, "prosectionCases")) if text(item, "id") not in names]
    return each("prosecutionCases", (*rightly, *misspelt), lambda item: _case(item, attendance))


def _case(item: Json, attendance: dict[str, str]) -> HearingCase:
    needed(item, "id")
    return heard(item, attendance)


def _application(item: Json) -> Application:
    """An application with all its results. Those on the offences of its cases, or of the court order that was breached,
    come nowhere else; they are among the application's, each with its offence."""
    concerned = objects(item, "courtApplicationCases")
    order = object_of(item, "courtOrder")
    ordered = objects(order, "courtOrderOffences")
    offences = [offence(one) for case in concerned for one in objects(case, "offences")]
    offences += [offence(object_of(one, "offence")) for one in ordered if object_of(one, "offence")]
    # where the application names no case, the cases of the order that it is about are its cases
    named = concerned or ordered
    subject = object_of(item, "subject")
    about = _subject(subject, [text(case, "prosecutionCaseId") for case in named])
    kind = part(item, "type")
    return Application.model_validate({
        "application_id": needed(item, "id", "applicationId"),
        "reference": text(item, "applicationReference"),
        "kind": text(kind, "type", "applicationType", "description") or text(item, "type"),
        "status": text(item, "applicationStatus"),
        "received_on": at(item, "applicationReceivedDate"),
        "parent_id": text(item, "parentApplicationId"),
        "court_case_ids": unique([text(case, "prosecutionCaseId") for case in named]),
        "urns": unique([text(part(case, "prosecutionCaseIdentifier"), "caseURN") for case in named]),
        "subject_defendant_id": about.defendant_id if about else None,
        "subject_master_defendant_id": about.master_defendant_id if about else None,
        "plea": plea(text(object_of(item, "plea"), "pleaValue")),
        "conviction_on": on(item, "convictionDate"),
        "concluded": flag(item, "proceedingsConcluded"),
        "results": (
            *results(item, "judicialResults", "application"),
            *results(order, "judicialChildResults", "application"),
            *_on_offences(offences),
        ),
        "subject": about,
        "offences": tuple({
            one.offence_id or str(number): one.model_copy(update={"results": ()}) for number, one in enumerate(offences)
        }.values()),
    })


def _on_offences(offences: list[CourtOffence]) -> Iterator[Result]:
    """The results of offences, each with the offence's id; an offence that stands under a case and under the order too
    has each once."""
    known: set[tuple[str | None, str]] = set()
    for offence_told in offences:
        for one in offence_told.results:
            name = (offence_told.offence_id, one.result_id)
            if name not in known:
                known.add(name)
                yield one.model_copy(update={"offence_id": offence_told.offence_id})


def _subject(subject: Json, case_ids: list[str | None]) -> CourtDefendant | None:
    """Whom an application is about; of several cases of theirs, the defendant of the application's case."""
    person = object_of(subject, "masterDefendant")
    if not person:
        return None
    own = parts(person, "defendantCase")
    mine = next((item for item in own if text(item, "caseId") in case_ids), own[0] if own else {})
    return defendant({"id": text(mine, "defendantId"), **person})


def _either(told: Json, *names: str) -> bool | None:
    said = [flag(told, name) for name in names]
    return True if True in said else False if False in said else None
