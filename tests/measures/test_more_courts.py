"""Caseload, pleas, hearings, sittings and time limits, counted by hand."""

from typing import Any

import pytest

from tests.builders import defendant, hearing, history, offence, result, trial
from tests.measures.counted import Counted

pytestmark = pytest.mark.integration

G: dict[str, Any] = {"plea": "GUILTY", "plea_on": "2025-06-02"}
N: dict[str, Any] = {"plea": "NOT_GUILTY", "plea_on": "2025-06-02"}
FINED: dict[str, Any] = {"results": (result("1015", "Fine", ordered_on="2025-06-02"),)}


def test_c13_defendants_after_charge_are_those_of_the_day(counted: Counted) -> None:
    counted.case(hearing("H1", "2025-06-02", defendant(1, offence(charge_on="2025-03-01", **FINED))))
    counted.case(hearing("H2", "2025-07-02", defendant(1, offence(charge_on="2025-05-01")), case="CC2"))
    at = {
        end: counted.values("C13", ("2025", end))["defendants"] for end in ("2025-02", "2025-03", "2025-05", "2025-06")
    }
    assert at == {"2025-02": 0, "2025-03": 1, "2025-05": 2, "2025-06": 1}


def test_t10_and_t11_pleas(counted: Counted) -> None:
    plea_hearing = {"hearing_type": "Plea and Trial Preparation"}
    counted.case(hearing("H1", "2025-06-02", defendant(1, offence(**G, **FINED)), **plea_hearing))
    counted.case(hearing("H2", "2025-06-02", defendant(1, offence(**G, **FINED)), case="CC2", **trial("cracked", "A")))
    counted.case(hearing("H3", "2025-06-02", defendant(1, offence(**N, **FINED)), case="CC3", **trial("effective")))
    counted.case(hearing("H4", "2025-06-02", defendant(1, offence(**FINED)), case="CC4"))
    assert counted.by("T10", "share") == {"before_trial": 50.0, "cracked_trial": 50.0}
    found = counted.values("T11")
    assert (found["share"], found["n"]) == (pytest.approx(100 / 3), 3)


def test_t16_hearings_of_the_cases_disposed_of(counted: Counted) -> None:
    again = offence(results=(result("4004", "Adjourned", adjournment=True, category="intermediary"),))
    counted.case(
        hearing("H1", "2025-03-02", defendant(1, again), hearing_type="First hearing"),
        hearing("H2", "2025-04-02", defendant(1, offence()), **trial("ineffective", "W1")),
        hearing("H3", "2025-06-02", defendant(1, offence(**FINED)), **trial("effective")),
    )
    counted.case(hearing("H4", "2025-06-02", defendant(1, offence(**FINED)), case="CC2", hearing_type="First hearing"))
    counted.case(hearing("H5", "2025-06-02", case="CC3"))  # not disposed of
    found = counted.values("T16")
    assert (found["hearings"], found["n"], found["adjournments"]) == (2.0, 2, 0.5)
    assert (found["listings"], found["n_with_trial"]) == (2.0, 1)


def test_t18_sittings_and_what_was_sat_of_what_was_planned(counted: Counted) -> None:
    for room, planned, sat in (("1", 300, 240), ("2", 300, 300), ("3", 300, None)):
        told = {"court_ou": "B20AA00", "court_room": room, "session_on": "2025-06-02", "minutes_planned": planned}
        counted.case(history("court.session", told | ({"minutes_sat": sat} if sat else {})))
    assert counted.values("T18") == {"sittings": 3, "hours_sat": 9.0, "sat_of_planned": 90.0}


def test_s06_time_limits_of_those_in_custody(counted: Counted) -> None:
    for number, (status, limit) in enumerate(
        [("C", "2025-07-05"), ("C", "2025-07-20"), ("C", "2025-09-01"), ("C", "2025-06-01"), ("B", "2025-07-05")],
        start=1,
    ):
        told = defendant(1, offence(custody_time_limit_on=limit), bail_status=status)
        counted.case(hearing(f"H{number}", "2025-05-02", told, case=f"CC{number}"))
    found = counted.values("S06", ("2025", "2025-06-30"))
    assert (found["within_28_days"], found["within_14_days"], found["within_7_days"], found["passed"]) == (2, 1, 1, 1)
