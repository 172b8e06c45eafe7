"""The timeline of a case: what each state of each record told for the first time, and when that was known."""

from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

from processors.cases.attrition import outcome_type
from processors.cases.histories import RecordHistory
from processors.standardise.moments import instant
from schemas import court, cps, hmpps, police
from schemas.events import KINDS
from schemas.rows import CaseEventRow


class Told(NamedTuple):
    """One event of the story. `at` is a moment or a day as text."""

    kind: str
    at: str | None
    what: str
    detail: str = ""


def _incident(data: police.Incident) -> Iterator[Told]:
    yield Told("incident", data.reported_at, "Reported to police", data.category or "")


def _crime(data: police.Crime) -> Iterator[Told]:
    if data.reported_at:
        yield Told("reported", data.reported_at, "Crime reported")
    yield Told("recorded", data.recorded_at, "Crime recorded", data.ho_code or data.category or "")
    if data.cancelled_at:
        yield Told("cancelled", data.cancelled_at, "Crime record cancelled")
    if data.transferred_at:
        yield Told("transferred", data.transferred_at, "Crime transferred to another force")


def _outcome(data: police.CrimeOutcome) -> Iterator[Told]:
    kind, text, sort = outcome_type(data.outcome_type, data.outcome_text)
    name = sort.text or text or sort.group
    yield Told("outcome", data.outcome_at, f"Outcome {kind}: {name}" if kind else f"Outcome: {name or 'none yet'}")


def _suspect(data: police.Suspect) -> Iterator[Told]:
    yield Told("suspect", data.identified_at, "Suspect identified")
    if data.interviewed_at:
        yield Told("interview", data.interviewed_at, "Voluntary interview under caution")


def _arrest(data: police.Arrest) -> Iterator[Told]:
    yield Told("arrest", data.arrest_at, "Arrest")
    if data.released_at:
        yield Told("release", data.released_at, "Released from police custody", data.release_status or "")


def _support(data: police.VictimSupport) -> Iterator[Told]:
    yield Told("victim_support", data.at, f"Victim {data.status.replace('_', ' ')}", data.stage or "")


def _service(data: police.VictimService) -> Iterator[Told]:
    name = data.kind.replace("_", " ")
    if data.due_at:
        yield Told("victim_service", data.due_at, f"Due to the victim: {name}")
    if data.done_at:
        yield Told("victim_service", data.done_at, f"Done for the victim: {name}")


def _prosecution(data: police.Prosecution) -> Iterator[Told]:
    for defendant in data.defendants:
        days = sorted({offence.charge_on for offence in defendant.offences if offence.charge_on})
        yield Told("charge_file", days[0] if days else None, "Charge file sent", f"{len(defendant.offences)} offences")
    if data.first_hearing_on:
        yield Told("listed", data.first_hearing_on, "First hearing listed")


def _consultation(data: cps.Consultation) -> Iterator[Told]:
    name = data.kind.replace("_", " ")
    yield Told("referral", data.received_at, f"Referred to the CPS: {name}")
    if data.completed_at:
        yield Told("consultation", data.completed_at, f"Consultation completed: {name}")


def _decision(data: cps.Decision) -> Iterator[Told]:
    yield Told("decision", data.decision_at, f"CPS decision: {data.decision.replace('_', ' ')}", data.nfa_reason or "")
    if data.charge_authorised_at:
        yield Told("charge_authorised", data.charge_authorised_at, "Charge authorised")
    if data.first_hearing_registered_at:
        yield Told("first_hearing_registered", data.first_hearing_registered_at, "First hearing registered at the CPS")


def _review(data: cps.FileReview) -> Iterator[Told]:
    yield Told("file_review", data.reviewed_at, "File meets the standard" if data.dg6_compliant else
               "File does not meet the standard", ", ".join(data.failures))


def _defendant_outcome(data: cps.DefendantOutcome) -> Iterator[Told]:
    yield Told("cps_outcome", data.completed_at, f"CPS outcome: {data.final_result.replace('_', ' ')}",
               data.stop_reason or data.nonconviction_reason or "")


def _court_case(data: court.CourtCase) -> Iterator[Told]:
    if data.received_at:
        yield Told("received", data.received_at, "Case received at court", data.court_name or "")
    if data.sent_at:
        yield Told("sent", data.sent_at, "Sent to the Crown Court")
    if data.received_at_crown_court:
        yield Told("received", data.received_at_crown_court, "Received at the Crown Court")
    if data.transferred_out_at:
        yield Told("transferred", data.transferred_out_at, "Transferred to another court")
    if data.disposed_at:
        yield Told("disposed", data.disposed_at, "Case disposed of")


def _hearing(data: court.Hearing) -> Iterator[Told]:
    name = data.hearing_type or "Hearing"
    yield Told("hearing", data.hearing_day, name, data.court_name or "")
    if data.trial is not None and data.trial.status:
        yield Told("trial", data.hearing_day, f"Trial {data.trial.status}", data.trial.reason_code or "")
    elif data.effective_trial:
        yield Told("trial", data.hearing_day, "Trial effective")
    elif data.vacated_trial:
        yield Told("trial", data.hearing_day, "Trial vacated")
    counts: dict[Told, int] = {}
    for case in data.cases:
        for defendant in case.defendants:
            for told in _told_of_defendant(data.hearing_day, defendant):
                counts[told] = counts.get(told, 0) + 1
    for application in data.applications:
        yield Told("application", data.hearing_day, f"Application: {application.kind or 'other'}")
        for result in application.results:
            yield Told("result", result.ordered_on or data.hearing_day, result.label or result.cjs_code or "Result")
    for told, count in counts.items():
        yield told if count == 1 else told._replace(detail=f"{count} times")


def _told_of_defendant(day: str, defendant: court.CourtDefendant) -> Iterator[Told]:
    for result in defendant.results:
        yield Told("result", result.ordered_on or day, result.label or result.cjs_code or "Result")
    for offence in defendant.offences:
        if offence.plea:
            yield Told("plea", offence.plea_on or day, f"Plea: {offence.plea.lower().replace('_', ' ')}")
        if offence.verdict is not None and offence.verdict.category:
            words = offence.verdict.category.lower().replace("_", " ")
            yield Told("verdict", offence.verdict.on or day, f"Verdict: {words}")
        for result in offence.results:
            yield Told("result", result.ordered_on or day, result.label or result.cjs_code or "Result")


def _resulted(data: court.ResultedCase) -> Iterator[Told]:
    yield Told("results_to_police", data.hearing_day, "Results sent to police")


def _listing(data: court.TrialListing) -> Iterator[Told]:
    yield Told("trial_listed", data.listed_for, "Trial listed", data.court_name or "")
    if data.trial is not None and data.trial.status:
        yield Told("trial", data.listed_for, f"Trial {data.trial.status}", data.trial.reason_code or "")
    if data.vacated_at:
        yield Told("trial", data.vacated_at, "Trial vacated")


def _patch(data: court.Patch) -> Iterator[Told]:
    at = data.at or (data.listed_for[0] if data.listed_for else data.plea_on or data.conviction_on)
    yield Told("court_message", at, f"Court: {data.patch.replace('_', ' ')}")  # its reason is free text: left out


def _remand(data: court.Remand) -> Iterator[Told]:
    yield Told("remand", data.from_at, f"Remand: {data.status.replace('_', ' ')}", data.stage or "")


def _warrant(data: court.Warrant) -> Iterator[Told]:
    yield Told("warrant", data.issued_at, f"Warrant issued: {data.kind}")
    if data.executed_at:
        yield Told("warrant", data.executed_at, "Warrant executed")
    if data.withdrawn_at:
        yield Told("warrant", data.withdrawn_at, "Warrant withdrawn")


def _movement(data: hmpps.CustodyMovement) -> Iterator[Told]:
    yield Told("custody", data.at, f"Prison: {data.movement.replace('_', ' ')}", data.prison_id or "")


def _recall(data: hmpps.Recall) -> Iterator[Told]:
    yield Told("recall", data.recalled_at, "Recalled to custody", ", ".join(data.reasons))
    if data.returned_at:
        yield Told("custody", data.returned_at, "Returned to custody")


def _supervision(data: hmpps.Supervision) -> Iterator[Told]:
    yield Told("supervision", data.started_at, f"Supervision started: {data.kind.replace('_', ' ')}", data.region or "")


def _supervision_end(data: hmpps.SupervisionEnd) -> Iterator[Told]:
    yield Told("supervision", data.ended_at, f"Supervision ended: {data.termination_reason}")


_TELL: dict[str, Callable[[Any], Iterator[Told]]] = {
    "police.incident": _incident, "police.crime": _crime, "police.crime_outcome": _outcome,
    "police.suspect": _suspect, "police.arrest": _arrest, "police.victim_support": _support,
    "police.victim_service": _service, "police.prosecution": _prosecution, "cps.consultation": _consultation,
    "cps.decision": _decision, "cps.file_review": _review, "cps.defendant_outcome": _defendant_outcome,
    "court.case": _court_case, "court.hearing": _hearing, "court.resulted_case": _resulted,
    "court.trial_listing": _listing, "court.patch": _patch, "court.remand": _remand, "court.warrant": _warrant,
    "hmpps.custody_movement": _movement, "hmpps.recall": _recall, "hmpps.supervision": _supervision,
    "hmpps.supervision_end": _supervision_end,
}


def story(case_id: str, force: str, history: RecordHistory) -> list[CaseEventRow]:
    """The events that one record tells, each under the state that told it first; a later state that says the same
    again adds nothing, a deletion is an event."""
    held: tuple[str, str, list[CaseEventRow]] | None = history.memo.get("story")
    if held is not None and held[0] == case_id and held[1] == force:
        return held[2]
    tell = _TELL.get(history.kind)
    if tell is None:
        return []
    rows: list[CaseEventRow] = []
    agency, last = KINDS[history.kind].agency, len(history.states) - 1
    known: set[Told] = set()
    for index, state in enumerate(history.states):
        events = [Told("deleted", None, "Record deleted")] if state.deleted else list(tell(state.data))
        known_at, current = state.known_at, int(index == last)
        n = 0
        for event in events:
            if event in known and not state.deleted:
                continue
            known.add(event)
            at = instant(event.at) if event.at else None
            rows.append(
                CaseEventRow(
                    case_id, history.record_id, index, n, force, at.ms if at else known_at, at.precision if at else "",
                    known_at, agency, event.kind, event.what, event.detail, current,
                )
            )
            n += 1
    history.memo["story"] = (case_id, force, rows)
    return rows
