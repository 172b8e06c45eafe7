"""Rows of what belongs to no case by itself: incidents, stops, capacity, court sessions; and of custody, recall and
supervision, which belong to a case where an identifier says so."""

from collections.abc import Callable
from typing import Any

from processors.cases.court_model import day_of, ms_of
from processors.cases.histories import RecordHistory, RecordState
from processors.cases.ids import pseudonym
from processors.cases.movements import movements
from processors.standardise.moments import instant, london_day
from schemas import court, hmpps, police
from schemas.person_facts import person_record_id
from schemas.rows import (
    CourtSessionRow,
    CustodyRow,
    IncidentRow,
    PrisonCapacityRow,
    RecallRow,
    StopSearchRow,
    SupervisionRow,
)

Current = list[tuple[RecordHistory, RecordState]]
Add = Callable[[str, list[Any]], None]


def _maybe(value: bool | None) -> int | None:
    return None if value is None else int(value)


def _incidents(case_id: str, told: Current, linked: int) -> list[IncidentRow]:
    rows: list[IncidentRow] = []
    for history, state in told:
        data: police.Incident = state.data
        at = instant(data.reported_at)
        rows.append(
            IncidentRow(
                case_id, history.record_id, linked, data.force, at.ms, at.precision, data.category or "",
                len(data.crime_refs),
            )
        )
    return rows


def _stops(case_id: str, told: Current) -> list[StopSearchRow]:
    rows: list[StopSearchRow] = []
    for history, state in told:
        data: police.StopSearch = state.data
        at = instant(data.stopped_at)
        rows.append(
            StopSearchRow(
                case_id, history.record_id, data.force, at.ms, at.precision, data.kind or "", data.sex or "",
                data.age_range or "", data.ethnicity_self or "", data.ethnicity_observed or "", data.legislation or "",
                data.object_of_search or "", data.outcome or "", _maybe(data.outcome_linked_to_object),
                _maybe(data.more_than_outer_clothing), _maybe(data.part_of_operation),
            )
        )
    return rows


def _capacity(case_id: str, told: Current) -> list[PrisonCapacityRow]:
    rows: list[PrisonCapacityRow] = []
    for _, state in told:
        data: hmpps.PrisonCapacity = state.data
        rows.append(
            PrisonCapacityRow(
                case_id, data.prison_id, london_day(data.on), data.operational_capacity, data.certified_accommodation,
                data.operating_margin,
            )
        )
    return rows


def _sessions(case_id: str, told: Current) -> list[CourtSessionRow]:
    rows: list[CourtSessionRow] = []
    for _, state in told:
        data: court.CourtSession = state.data
        rows.append(
            CourtSessionRow(
                case_id, data.court_ou, data.court_room, london_day(data.session_on), data.minutes_planned,
                data.minutes_sat,
            )
        )
    return rows


class Held(tuple[str, int, str, str, tuple[str, ...]]):
    """Case id, linked, force, offence group and flags: what rows of custody and supervision take from the case."""

    __slots__ = ()


def _custody(held: Held, told: Current) -> list[CustodyRow]:
    case_id, linked, force, group, flags = held
    rows: list[CustodyRow] = []
    for one in movements(told):
        data = one.told[0]
        booking = one.first("booking_id")
        rows.append(
            CustodyRow(
                case_id, one.movement_id, linked, force, pseudonym("prisoner", data.prison_number),
                pseudonym("booking", booking) if booking else "", data.movement, one.at.ms, one.at.precision,
                one.first("prison_id"), one.first("reason"), one.first("movement_code"), one.first("custody_type"),
                day_of(data.sentence.sentenced_on) if data.sentence is not None else None, group, flags, one.sources,
                person_record_id("", "prison_number", data.prison_number),
            )
        )
    return rows


def _recalls(held: Held, told: Current) -> list[RecallRow]:
    case_id, linked, force, group, flags = held
    rows: list[RecallRow] = []
    for history, state in told:
        data: hmpps.Recall = state.data
        rows.append(
            RecallRow(
                case_id, history.record_id, linked, force,
                pseudonym("prisoner", data.prison_number) if data.prison_number else "",
                pseudonym("crn", data.crn) if data.crn else "", instant(data.recalled_at).ms, ms_of(data.returned_at),
                data.kind or "", tuple(sorted(data.reasons)), group, flags,
                person_record_id("", "prison_number", data.prison_number) if data.prison_number
                else person_record_id("", "crn", data.crn) if data.crn else "",
            )
        )
    return rows


def _supervision(held: Held, started: Current, ended: Current) -> list[SupervisionRow]:
    """Start and end of a spell are one row; an end whose start is not known has a row of its own."""
    case_id, linked, force, group, flags = held
    ends: dict[str, hmpps.SupervisionEnd] = {state.data.supervision_id: state.data for _, state in ended}
    rows: dict[str, SupervisionRow] = {}
    for _, state in started:
        data: hmpps.Supervision = state.data
        end = ends.pop(data.supervision_id, None)
        rows[data.supervision_id] = SupervisionRow(
            case_id, pseudonym("supervision", data.supervision_id), linked, force, pseudonym("crn", data.crn),
            data.kind, data.region or "", instant(data.started_at).ms, day_of(data.expected_end_on),
            ms_of(end.ended_at) if end is not None else None, end.termination_reason if end is not None else "",
            day_of(data.sentence.sentenced_on) if data.sentence is not None else None, group, flags,
            person_record_id("", "crn", data.crn),
        )
    for name, end in ends.items():
        if name not in rows:
            rows[name] = SupervisionRow(
                case_id, pseudonym("supervision", name), linked, force, pseudonym("crn", end.crn), "", "", None, None,
                instant(end.ended_at).ms, end.termination_reason, None, group, flags,
                person_record_id("", "crn", end.crn),
            )
    return list(rows.values())


def other_rows(
    case_id: str, linked: int, force: str, group: str, flags: tuple[str, ...], by_kind: dict[str, Current], add: Add
) -> None:
    """Hand the rows of these tables to `add`. `linked`: whether a record of the component opens a case."""
    held = Held((case_id, linked, force, group, flags))
    if told := by_kind.get("police.incident"):
        add("incidents", _incidents(case_id, told, linked))
    if told := by_kind.get("police.stop_search"):
        add("stop_searches", _stops(case_id, told))
    if told := by_kind.get("hmpps.prison_capacity"):
        add("prison_capacity", _capacity(case_id, told))
    if told := by_kind.get("court.session"):
        add("court_sessions", _sessions(case_id, told))
    if told := by_kind.get("hmpps.custody_movement"):
        add("case_custody", _custody(held, told))
    if told := by_kind.get("hmpps.recall"):
        add("case_recalls", _recalls(held, told))
    started, ended = by_kind.get("hmpps.supervision", []), by_kind.get("hmpps.supervision_end", [])
    if started or ended:
        add("case_supervision", _supervision(held, started, ended))
