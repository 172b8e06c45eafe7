"""What court measures read: pleas, outstanding cases, exclusions, remand and sentences, case by case."""

from typing import Any

import pytest

from processors.cases.histories import RecordHistory
from processors.cases.project import project_case
from tests.builders import defendant, hearing, history, offence, result, trial


def project(*records: RecordHistory) -> dict[str, Any]:
    return project_case("c1", records)


def pleaded(*offences: dict[str, Any], **more: Any) -> Any:
    return project(hearing("H1", "2025-06-02", defendant(1, *offences), **more))["case_defendants"][0]


G: dict[str, Any] = {"plea": "GUILTY", "plea_on": "2025-06-02"}
N: dict[str, Any] = {"plea": "NOT_GUILTY", "plea_on": "2025-06-02"}
SWORN: dict[str, Any] = {"jury_sworn_at": "2025-06-02T11:00:00Z"}


@pytest.mark.parametrize(
    ("offences", "expected"),
    [
        ((offence(number=1, **G), offence("TH68010", 2, **G)), "guilty"),
        ((offence(number=1, **G), offence("TH68010", 2, **N)), "guilty"),
        ((offence(number=1, **G), offence("TH68010", 2, **N, **SWORN)), "not_guilty"),
        ((offence(number=1, **N, verdict={"category": "guilty", "alternative_offence_code": "TH68010"}),), "guilty"),
        ((offence(number=1, **N, **SWORN,
                  verdict={"category": "guilty", "alternative_offence_code": "TH68010"}),), "not_guilty"),
        ((offence(number=1, **N, results=(result("2063", "Withdrawn"),)),), "dropped"),
        ((offence(number=1),), "no_plea"),
    ],
)
def test_the_plea_of_a_defendant_has_three_limbs(offences: tuple[dict[str, Any], ...], expected: str) -> None:
    assert pleaded(*offences).plea_result == expected


def test_the_stage_of_a_plea() -> None:
    assert pleaded(offence(**G), hearing_type="Plea and Trial Preparation").plea_stage == "before_trial"
    assert pleaded(offence(**G), **trial("cracked", "A")).plea_stage == "cracked_trial"
    assert pleaded(offence(**G), **trial("effective")).plea_stage == "after_trial_start"


def court_case(**more: Any) -> RecordHistory:
    return history("court.case", {"ids": {"court_case_id": "CC1"}, "defendants": (defendant(),)} | more)


def test_a_case_is_outstanding_until_its_last_offence_is_complete() -> None:
    two = (offence(number=1, results=(result("1015", "Fine"),)), offence("TH68010", 2))
    row = project(court_case(), hearing("H1", "2025-06-02", defendant(1, *two)))["case_court_cases"][0]
    assert (row.outstanding, row.offences, row.offences_open, row.disposed_at) == (1, 2, 1, None)
    done = (two[0], offence("TH68010", 2, results=(result("2063", "Withdrawn"),)))
    row = project(court_case(), hearing("H1", "2025-06-02", defendant(1, *done)))["case_court_cases"][0]
    assert (row.outstanding, row.offences_open) == (0, 0)
    assert row.disposed_at is not None


def test_a_transferred_case_is_disposed_of() -> None:
    row = project(court_case(transferred_out_at="2025-05-01"))["case_court_cases"][0]
    assert (row.outstanding, row.disposed_at) == (0, row.transferred_out_at)


def test_a_live_bench_warrant_is_told_apart() -> None:
    warrant = {"warrant_id": "W1", "defendant": {"defendant_id": "D1"}, "kind": "bench", "issued_at": "2025-05-01"}
    live = project(court_case(), history("court.warrant", warrant))
    assert (live["case_court_cases"][0].warrant_live, live["case_defendants"][0].warrant_live) == (1, 1)
    assert "bench_warrant" in live["case_defendants"][0].excluded
    over = project(court_case(), history("court.warrant", warrant | {"executed_at": "2025-05-09"}))
    assert over["case_court_cases"][0].warrant_live == 0


def test_what_is_outside_the_durations() -> None:
    appeal = project(court_case(case_type="appeal"))["case_defendants"][0]
    assert appeal.excluded == ("appeal", "no_main_hearing")
    breach = pleaded(offence("SE20504", category="CB"))
    assert breach.excluded == ("breach",)


def test_remand_is_that_of_the_latest_sitting_day() -> None:
    rows = project(
        hearing("H1", "2025-06-02", defendant(bail_status="C"), at="2025-06-20T10:00:00Z"),
        hearing("H1", "2025-06-09", defendant(bail_status="B"), at="2025-06-09T18:00:00Z"),
    )
    assert [row.status for row in rows["case_remand"]] == ["custody", "conditional_bail"]
    assert rows["case_defendants"][0].remand_status == "conditional_bail"
    assert rows["case_defendants"][0].remanded_days == 7


@pytest.mark.parametrize(
    ("code", "label", "expected"),
    [("1002", "Imprisonment", "custody"), ("1115", "Suspended sentence order", "suspended"),
     ("1116", "Community order", "community"), ("1015", "Fine", "fine"),
     ("1018", "Conditional discharge", "discharge"), ("1008", "Hospital order", "other")],
)
def test_sentence_types(code: str, label: str, expected: str) -> None:
    rows = project(hearing("H1", "2025-06-02", defendant(1, offence(results=(result(code, label),)))))
    assert [row.sentence_type for row in rows["case_sentences"]] == [expected]


def test_the_heaviest_sentence_is_the_principal_one() -> None:
    long, short = (result("1002", "Imprisonment", days, duration_days=days) for days in (700, 90))
    life = result("1002", "Mandatory life imprisonment", 3)
    told = defendant(1, offence(number=1, results=(short,)), offence("TH68010", 2, results=(long,)))
    rows = project(hearing("H1", "2025-06-02", told))["case_sentences"]
    assert [(row.length_days, row.principal) for row in rows] == [(90, 0), (700, 1)]
    told = defendant(1, offence(number=1, results=(long,)), offence("OF61016", 2, results=(life,)))
    rows = project(hearing("H1", "2025-06-02", told))["case_sentences"]
    assert [(row.indeterminate, row.principal) for row in rows] == [(0, 0), (1, 1)]
