"""How far a crime gets, what becomes of it, and how long the first arrest takes (decisions, sections 5, 6 and 8)."""

from typing import Any

import pytest

from processors.cases.histories import RecordHistory
from processors.cases.project import project_case
from schemas.rows import CrimeRow
from tests.builders import crime, defendant, hearing, history, offence, result, states

SUSPECT = history("police.suspect", {"suspect_id": "S1", "force": "20", "crime_refs": ("C1",), "asn": "25001"})


def arrest(at: str) -> RecordHistory:
    return history("police.arrest", {
        "arrest_ref": f"A{at}", "force": "20", "arrest_at": at, "suspect_id": "S1", "crime_refs": ("C1",)})


def outcome(kind: str | None = None, text: str | None = None, at: str = "2025-04-01") -> dict[str, Any]:
    return {"crime_ref": "C1", "force": "20", "outcome_at": at, "outcome_type": kind, "outcome_text": text}


def decision(kind: str, **more: Any) -> RecordHistory:
    proceeding = {"proceeding_id": "P1", "suspect_id": "S1", "crime_refs": ("C1",)}
    return history("cps.decision", {
        "decision_id": "X1", "proceeding": proceeding, "decision": kind, "decision_at": "2025-04-02"} | more)


def at_court(*results: dict[str, Any], **more: Any) -> RecordHistory:
    return hearing("H1", "2025-06-02", defendant(1, offence(crime_ref="C1", results=results, **more)))


def one(*records: RecordHistory) -> CrimeRow:
    rows: dict[str, Any] = project_case("c1", records)
    row: CrimeRow = rows["case_crimes"][0]
    return row


PRISON = result("1002", "Imprisonment", duration_days=365.0, ordered_on="2025-06-02")


@pytest.mark.parametrize(
    ("records", "stage", "fate", "reason"),
    [
        ([], "recorded", "open", ""),
        ([history("police.crime_outcome", outcome("18"))], "recorded", "lost", "outcome_18"),
        ([SUSPECT], "suspect_identified", "open", ""),
        ([SUSPECT, history("police.crime_outcome", outcome("16"))], "suspect_identified", "lost", "outcome_16"),
        ([arrest("2025-03-02")], "arrested", "open", ""),
        ([arrest("2025-03-02"), history("police.crime_outcome", outcome("8"))], "arrested", "diverted", "outcome_8"),
        ([history("police.crime_outcome", outcome("20"))], "recorded", "transferred", "outcome_20"),
        ([SUSPECT, decision("pending")], "referred", "open", ""),
        ([SUSPECT, decision("no_further_action", nfa_reason="evidential")], "referred", "lost", "nfa_evidential"),
        ([SUSPECT, decision("out_of_court_disposal")], "referred", "diverted", "out_of_court_disposal"),
        ([SUSPECT, decision("charge")], "charged", "open", ""),
        ([history("police.crime_outcome", outcome("1"))], "charged", "open", ""),
        ([at_court()], "first_hearing", "open", ""),
        ([at_court(result("2006", "Dismissed"))], "first_hearing", "lost", "acquitted"),
        ([at_court(result("2063", "Withdrawn"))], "first_hearing", "lost", "dropped"),
        ([at_court(result("1015", "Fine"))], "convicted", "progressed", "convicted"),
        ([at_court(PRISON)], "custody", "progressed", "convicted"),
    ],
)
def test_stage_and_fate(records: list[RecordHistory], stage: str, fate: str, reason: str) -> None:
    row = one(crime(), *records)
    assert (row.stage, row.fate, row.exit_reason) == (stage, fate, reason)


def test_with_several_defendants_the_furthest_counts() -> None:
    told = hearing(
        "H1", "2025-06-02", defendant(1, offence(crime_ref="C1", results=(result("2006"),))),
        defendant(2, offence(number=2, crime_ref="C1", results=(PRISON,))),
    )
    assert one(crime(), told).stage == "custody"


def test_a_reopened_crime_is_open_again_and_its_history_stays() -> None:
    told = states("police.crime_outcome", ("2025-04-01T00:00:00Z", outcome("18")), ("2025-05-01T00:00:00Z", None))
    kept = history("police.crime_outcome", outcome("16"))
    rows: dict[str, Any] = project_case("c1", [crime(), told])
    assert one(crime(), told).fate == "open"
    assert [row.current for row in rows["case_outcomes"]] == [0]
    changed = states(
        "police.crime_outcome", ("2025-04-01T00:00:00Z", outcome("16")),
        ("2025-08-01T00:00:00Z", outcome("1", at="2025-08-01")),
    )
    again: dict[str, Any] = project_case("c1", [crime(), changed])
    outcomes = again["case_outcomes"]
    assert [(row.outcome_type, row.current) for row in outcomes] == [("16", 0), ("1", 1)]
    assert outcomes[0].until_known_at == outcomes[1].known_at
    assert one(crime(), changed).stage == "charged"
    assert one(crime(), kept).charge_outcome_at is None


@pytest.mark.parametrize(
    ("text", "kind", "group"),
    [
        ("Unable to prosecute suspect", "", "Evidential difficulties"),
        ("Investigation complete; no suspect identified", "18", "No suspect identified"),
        ("Suspect charged", "1", "Charged or summonsed"),
        ("Under investigation", "", ""),
    ],
)
def test_a_text_of_open_data_has_a_type_only_if_it_names_one(text: str, kind: str, group: str) -> None:
    row = one(crime(at="2022-05", category="Burglary", ho_code=None),
              history("police.crime_outcome", outcome(text=text, at="2022-06")))
    assert (row.outcome_type, row.outcome_group, row.outcome_text) == (kind, group, text if group else "")
    assert (row.recorded_precision, row.offence_group) == ("month", "Theft offences")


@pytest.mark.parametrize(
    ("reported", "arrested", "hours", "days", "precision", "before"),
    [
        ("2025-03-01T10:00:00Z", "2025-03-02T16:00:00Z", 30.0, 1.25, "time", 0),
        ("2025-03-01T10:00:00Z", "2025-03-04", None, 3.0, "day", 0),
        ("2025-03-01", "2025-03-01T23:59:00Z", None, 0.0, "day", 0),
        ("2025-06-30T23:30:00Z", "2025-07-02", None, 1.0, "day", 0),  # already July in London
        ("2025-03-29T12:00:00Z", "2025-03-30T12:00:00Z", 24.0, 1.0, "time", 0),  # the clocks change: still 24 hours
        ("2025-03-05T10:00:00Z", "2025-03-01T10:00:00Z", None, None, "time", 1),
        ("2025-03", "2025-03-09", None, 8.0, "month", 0),
    ],
)
def test_report_to_arrest(
    reported: str, arrested: str, hours: float | None, days: float | None, precision: str, before: int
) -> None:
    row = one(crime(reported_at=reported), arrest(arrested))
    found = (row.report_to_arrest_hours, row.report_to_arrest_days, row.report_to_arrest_precision)
    assert (*found, row.arrest_before_report) == (hours, days, precision, before)
    assert row.clock == "crime"


def test_the_clock_starts_at_the_incident_else_the_crimes_report_else_its_recording() -> None:
    incident = history("police.incident", {
        "incident_ref": "I1", "force": "20", "reported_at": "2025-02-28T10:00:00Z", "crime_refs": ("C1",)})
    assert one(crime(reported_at="2025-03-01"), incident, arrest("2025-03-04")).clock == "incident"
    assert one(crime(), arrest("2025-03-04")).clock == "recorded"
    assert one(crime()).clock == ""


def test_the_first_arrest_of_any_suspect_counts() -> None:
    row = one(crime(), SUSPECT, arrest("2025-03-09"), arrest("2025-03-04"))
    assert row.report_to_arrest_days == 3.0


def test_victims_who_leave_and_come_back() -> None:
    support = {"crime_ref": "C1", "victim_id": "V1"}
    left = ("2025-04-01T00:00:00Z", support | {"status": "does_not_support", "at": "2025-04-01", "stage": "police"})
    back = ("2025-05-01T00:00:00Z", support | {"status": "supports", "at": "2025-05-01"})
    told = crime(victims=({"victim_id": "V1", "supports": True},))
    gone: dict[str, Any] = project_case("c1", [told, states("police.victim_support", left)])
    assert (gone["case_victims"][0].support, gone["case_victims"][0].withdrew_stage) == ("does_not_support", "police")
    stayed: dict[str, Any] = project_case("c1", [told, states("police.victim_support", left, back)])
    assert (stayed["case_victims"][0].support, stayed["case_victims"][0].withdrew_at) == ("supports", None)


def test_charges_of_the_case_at_large_do_not_reopen_a_crime_that_police_closed() -> None:
    closed = history("police.crime_outcome", outcome("18"))
    row = one(crime(ho_code="105A"), closed, hearing("H1", "2025-06-02"))
    assert (row.stage, row.fate, row.charge_link, row.offences) == ("recorded", "lost", "", 0)
