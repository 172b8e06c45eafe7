"""How far a crime got, and what became of it there (decisions, sections 5, 6 and 8)."""

from typing import NamedTuple

from processors.cases.charging import CONVICTED, Proceeding
from processors.cases.court_model import ms_of
from processors.cases.histories import RecordHistory
from processors.cases.investigation import Crime
from processors.standardise.moments import Instant, day_of_ms, instant, ms_of_day
from schemas import police
from schemas.vocabulary import HO_OUTCOMES, POLICE_UK_NO_OUTCOME, POLICE_UK_OUTCOMES, OutcomeType

NO_OUTCOME = OutcomeType("", "", "")


class ToldOutcome(NamedTuple):
    """An outcome of a crime, and when it was known. `type` is a Home Office type, or empty."""

    type: str
    text: str
    group: str
    fate: str
    at: Instant | None
    known_at: int | None
    order: tuple[str, int, str, str]
    current: bool


def outcomes_of(crime: Crime) -> list[ToldOutcome]:
    """Every outcome that the crime has or had, in the order of its states; the last one that stands is current. A
    deleted outcome is told by an empty one."""
    if not crime.outcomes:
        return []
    if len(crime.outcomes) == 1:
        return _told(crime.outcomes[0])
    found = sorted((told for history in crime.outcomes for told in _told(history)), key=lambda told: told.order)
    last = max((index for index, told in enumerate(found) if told.current), default=-1)
    return [told._replace(current=index == last) for index, told in enumerate(found)]


def _told(history: RecordHistory) -> list[ToldOutcome]:
    held: list[ToldOutcome] | None = history.memo.get("outcomes")
    if held is not None:
        return held
    held = []
    last = len(history.states) - 1
    for index, state in enumerate(history.states):
        kind, text, sort, at = "", "", NO_OUTCOME, None
        if not state.deleted:
            data: police.CrimeOutcome = state.data
            kind, text, sort = outcome_type(data.outcome_type, data.outcome_text)
            at = instant(data.outcome_at) if sort.group else None
        held.append(
            ToldOutcome(kind, text, sort.group, sort.fate, at, state.known_at, state.order, index == last)
        )
    history.memo["outcomes"] = held
    return held


def outcome_type(kind: str | None, text: str | None) -> tuple[str, str, OutcomeType]:
    """The type, the text and what it means. A text of open data keeps its text, and has a type only where it names
    exactly one; type 0 and the texts without an outcome mean none."""
    if kind:
        plain = kind.strip().upper().lstrip("0") or "0"
        return (plain, text or "", HO_OUTCOMES[plain]) if plain in HO_OUTCOMES else ("", text or "", NO_OUTCOME)
    if text is None or text in POLICE_UK_NO_OUTCOME:
        return "", text or "", NO_OUTCOME
    named = POLICE_UK_OUTCOMES.get(text)
    return (named[0], text, named[1]) if named is not None else ("", text, OutcomeType("", "Other", "open"))


class Wait(NamedTuple):
    """From report to first arrest (decisions, section 6). `clock`: incident, crime or recorded, the start used."""

    clock: str
    hours: float | None
    days: float | None
    precision: str
    before: int


NO_WAIT = Wait("", None, None, "", 0)
_COARSE = {"time": 0, "day": 1, "month": 2}


def report_to_arrest(reported: Instant, clock: str, arrested: Instant) -> Wait:
    """Both ends timed: elapsed hours, and days to two decimals. Either end only a day: calendar days in London. An
    arrest before the report has no duration and is counted by itself."""
    if reported.precision == "time" == arrested.precision:
        hours = (arrested.ms - reported.ms) / 3_600_000
        if hours < 0:
            return Wait(clock, None, None, "time", 1)
        return Wait(clock, hours, round(hours / 24, 2), "time", 0)
    precision = max(reported.precision, arrested.precision, key=lambda known: _COARSE[known])
    days = day_of_ms(arrested.ms) - day_of_ms(reported.ms)
    if days < 0:
        return Wait(clock, None, None, precision, 1)
    return Wait(clock, None, float(days), precision, 0)


class Progress(NamedTuple):
    """Where a crime stands: moments in milliseconds since 1970 UTC, days since 1970, in London."""

    outcome: ToldOutcome | None
    outcome_changes: int
    charge_outcome_at: int | None
    identified_at: int | None
    arrest: Instant | None
    interviewed_at: int | None
    referred_at: int | None
    charged_at: int | None
    first_hearing_on: int | None
    convicted_on: int | None
    custody_on: int | None
    completed_on: int | None
    rank: int
    fate: str
    exit_reason: str
    exit_at: int | None
    wait: Wait


def progress(crime: Crime, told: list[ToldOutcome], first_hearings: dict[str, int]) -> Progress:
    """Where one crime stands. `first_hearings`: the first sitting day by defendant key."""
    data = crime.data
    outcome = told[-1] if told and told[-1].current and told[-1].group else None
    charge_outcome = min(
        (one.at.ms for one in told if one.fate == "charged" and one.at is not None), default=None
    ) if outcome is not None and outcome.fate == "charged" else None
    identified = arrest = interviewed = None
    if crime.suspects:
        identified = min((ms for one in crime.suspects if (ms := ms_of(one.identified_at)) is not None), default=None)
        interviewed = min((ms for one in crime.suspects if (ms := ms_of(one.interviewed_at)) is not None), default=None)
        if crime.arrests:
            arrest = min(instant(one.arrest_at) for _, one in crime.arrests)
    proceedings: list[Proceeding] = crime.proceedings
    referred = charged = None
    for proceeding in proceedings:
        if proceeding.referral is not None:
            referred = _least(referred, instant(proceeding.referral.received_at).ms)
        legal = proceeding.legal
        if legal is not None and legal.decision == "charge":
            charged = _least(charged, ms_of(legal.charge_authorised_at or legal.decision_at))
    heard = convicted = custody = completed = None
    at_court = bool(crime.judged) and (
        crime.link != "case_level" or outcome is None or outcome.fate == "charged"
    )
    if not at_court and crime.judged:  # charges of the case at large say nothing of a crime that ended otherwise
        crime.judged, crime.link = [], ""
    if at_court:
        for offence in crime.judged:
            if offence.charge_on is not None:
                charged = _least(charged, ms_of_day(offence.charge_on))
            heard = _least(heard, first_hearings.get(offence.defendant.key))
            convicted = _least(convicted, offence.convicted_on)
            for kind, one in offence.sentences:
                if kind == "custody":
                    custody = _least(custody, one.told.ordered_on)
        days = [offence.completed_on for offence in crime.judged if offence.completed_on is not None]
        if all(offence.complete for offence in crime.judged) and days:
            completed = max(days)
    is_charged = at_court or charged is not None or (outcome is not None and outcome.fate == "charged")
    if charged is None and outcome is not None and outcome.fate == "charged" and outcome.at is not None:
        charged = outcome.at.ms
    found_guilty = (at_court and any(offence.result == "convicted" for offence in crime.judged)) or any(
        done is not None and done.final_result in CONVICTED for done in (one.outcome for one in proceedings)
    )
    imprisoned = at_court and any(kind == "custody" for offence in crime.judged for kind, _ in offence.sentences)
    rank = (
        7 if imprisoned else 6 if found_guilty else 5 if heard is not None else 4 if is_charged
        else 3 if referred is not None or proceedings else 2 if arrest is not None or interviewed is not None
        else 1 if crime.suspects else 0
    )
    fate, reason, exit_at = _fate(crime, outcome, proceedings, at_court, is_charged, found_guilty, convicted, completed)
    wait = NO_WAIT
    if arrest is not None:
        clock, start = ("incident", crime.incident_at) if crime.incident_at else (
            ("crime", data.reported_at) if data.reported_at else ("recorded", data.recorded_at)
        )
        wait = report_to_arrest(instant(start), clock, arrest)
    return Progress(
        outcome, max(len(told) - 1, 0), charge_outcome, identified, arrest, interviewed, referred, charged, heard,
        convicted, custody, completed, rank, fate, reason, exit_at, wait,
    )


def _fate(
    crime: Crime, outcome: ToldOutcome | None, proceedings: list[Proceeding], at_court: bool, is_charged: bool,
    found_guilty: bool, convicted: int | None, completed: int | None,
) -> tuple[str, str, int | None]:
    """What became of the crime at its furthest stage, why, and when. The courts' word counts before the police's."""
    if found_guilty:
        return "progressed", "convicted", ms_of_day(convicted) if convicted is not None else None
    if at_court and all(offence.complete for offence in crime.judged):
        reasons = sorted({offence.result for offence in crime.judged})
        reason = "acquitted" if "acquitted" in reasons else reasons[0]
        return "lost", reason, ms_of_day(completed) if completed is not None else None
    if crime.data.transferred_at:
        return "transferred", "transferred", ms_of(crime.data.transferred_at)
    if not is_charged:
        if outcome is not None and outcome.fate in ("lost", "diverted", "transferred"):
            reason = f"outcome_{outcome.type.lower()}" if outcome.type else outcome.group
            return outcome.fate, reason, outcome.at.ms if outcome.at is not None else None
        decided = [proceeding.legal for proceeding in proceedings]
        final = [legal for legal in decided if legal is not None]
        if final and len(final) == len(decided):
            last = max(final, key=lambda legal: ms_of(legal.decision_at) or 0)
            at = ms_of(last.decision_at)
            if any(legal.decision == "out_of_court_disposal" for legal in final):
                return "diverted", "out_of_court_disposal", at
            return "lost", f"nfa_{last.nfa_reason}" if last.nfa_reason else "nfa", at
    outcomes = [proceeding.outcome for proceeding in proceedings]
    if outcomes and not at_court and all(done is not None for done in outcomes):
        done = outcomes[-1]
        if done is not None:
            return "lost", done.stop_reason or done.final_result, ms_of(done.completed_at)
    return "open", "", None


def _least(known: int | None, told: int | None) -> int | None:
    if known is None or told is None:
        return told if known is None else known
    return min(known, told)
