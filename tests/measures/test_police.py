"""P measures, counted by hand."""

from datetime import UTC, datetime

import pytest

from tests.builders import crime, history, states
from tests.measures.counted import YEAR, Counted, arrest, groups, outcome, suspect

pytestmark = pytest.mark.integration

DRUGS = {"ho_code": "92D"}


def test_p01_recorded_crime_by_its_day_in_london(counted: Counted) -> None:
    counted.case(crime("C1", "2024-12-31T23:30:00Z"), crime("C2", "2025-01-01T00:00:00Z"))
    cancelled = crime("C4", "2025-06-01T12:00:00Z", cancelled_at="2025-06-02")
    counted.case(crime("C3", "2025-12-31T23:59:59.900Z"), cancelled)
    counted.case(crime("C5", "2025-06-01T12:00:00Z", force="93"), crime("C6", "2025-05-31T23:30:00Z", force="46"))
    assert counted.values("P01") == {"crimes": 3}
    assert counted.values("P01", ("2025-06", "2025-06")) == {"crimes": 1}, "23:30 UTC is the next day in summer"
    assert counted.values("P01", force="46") == {"crimes": 1}


def test_p02_with_a_victim_or_against_the_state(counted: Counted) -> None:
    counted.case(crime("C1"), crime("C2"), crime("C3"), crime("C4", **DRUGS))
    assert groups(counted.ask("P02"), "crimes", "share") == [("state-based", 1, 25.0), ("victim-based", 3, 75.0)]


def five(counted: Counted) -> None:
    """Recorded in March 2025: one charged, one cautioned, one with no suspect, one victim who does not support, one
    open; and one of 2024 that is charged in April 2025."""
    counted.case(crime("C1"), suspect(1, "C1"), outcome("C1", "1", "2025-03-11"))
    counted.case(crime("C2"), outcome("C2", "3", "2025-03-05"))
    counted.case(crime("C3"), outcome("C3", "18", "2025-03-08"))
    counted.case(crime("C4"), outcome("C4", "16", "2025-03-21"))
    counted.case(crime("C5"), outcome("C5", "0", "2025-03-21"))
    counted.case(crime("C6", "2024-11-01T09:00:00Z"), outcome("C6", "1A", "2025-04-01"))


def test_p03_the_mix_of_outcomes_leaves_out_type_0(counted: Counted) -> None:
    five(counted)
    assert counted.by("P03", "share") == {
        "Charged or summonsed": 40.0, "Evidential difficulties": 20.0, "No suspect identified": 20.0,
        "Out of court, formal": 20.0,
    }  # fmt: skip


def test_p04_three_charge_rates_of_the_same_crimes(counted: Counted) -> None:
    five(counted)
    closed, recorded, cohort = (counted.values(name) for name in ("P04a", "P04b", "P04c"))
    assert (closed["rate"], closed["n"]) == (40.0, 5), "2 charged of 5 outcomes assigned in 2025"
    assert (recorded["rate"], recorded["n"]) == (40.0, 5), "2 charged in 2025 over 5 crimes recorded in 2025"
    assert (cohort["to_date"], cohort["n"]) == (20.0, 5), "of the 5 crimes of 2025 one is charged"
    assert counted.values("P04a", ("2025-04", "2025-04"))["rate"] == 100.0
    assert counted.values("P04b", ("2025-04", "2025-04"))["rate"] is None, "no crime was recorded in April"


def test_p04c_a_share_by_a_day_counts_only_crimes_that_are_old_enough(counted: Counted) -> None:
    counted.case(crime("C1", "2025-01-01T09:00:00Z"), outcome("C1", "1", "2025-01-21"))
    counted.case(crime("C2", "2025-01-01T09:00:00Z"), outcome("C2", "1", "2025-03-02"))
    counted.case(crime("C3", "2025-05-01T09:00:00Z"), outcome("C3", "1", "2025-05-11", at="2025-05-11T12:00:00Z"))
    found = counted.values("P04c")  # the data tell up to 11 May: C3 is ten days old
    assert found["to_date"] == 100.0
    assert found["day_30"] == 50.0, "C1 after 20 days, C2 after 60"
    assert found["day_90"] == 100.0
    assert found["day_180"] is None, "nothing is so old"


def test_an_outcome_that_changes_counts_as_it_is_now_at_its_own_date(counted: Counted) -> None:
    told = {"crime_ref": "C1", "force": "20"}
    withdrew, charged = (
        told | {"outcome_type": "16", "outcome_at": "2025-02-01"},
        told | {"outcome_type": "1", "outcome_at": "2025-07-01"},
    )
    counted.case(
        crime("C1", "2025-01-15T09:00:00Z"),
        states("police.crime_outcome", ("2025-02-01T12:00:00Z", withdrew), ("2025-07-01T12:00:00Z", charged)),
    )
    assert counted.values("P06")["rate"] == 0.0, "the victim who did not support was counted once, and no longer is"
    assert counted.values("P06", ("2025-02", "2025-02"))["n"] == 0
    assert counted.values("P04a", ("2025-07", "2025-07"))["rate"] == 100.0
    assert counted.store.query("SELECT outcome_type, current FROM casestream.case_outcomes FINAL ORDER BY seq", {}) == [
        ("16", 0),
        ("1", 1),
    ]


def test_a_crime_that_is_opened_again_leaves_the_counts(counted: Counted) -> None:
    told = {"crime_ref": "C1", "force": "20"}
    counted.case(
        crime("C1", "2025-01-15T09:00:00Z"),
        states(
            "police.crime_outcome",
            ("2025-02-01T12:00:00Z", told | {"outcome_type": "18", "outcome_at": "2025-02-01"}),
            ("2025-03-01T12:00:00Z", told | {"outcome_type": "0", "outcome_at": "2025-03-01"}),
        ),
    )
    assert counted.values("P07")["rate"] is None
    assert counted.values("A03")["open"] == 1


def test_p05_positive_outcomes_formal_and_informal(counted: Counted) -> None:
    for number, kind in enumerate(("1", "2", "3", "4", "6", "7", "8", "22", "18", "16"), start=1):
        sort = DRUGS if kind in ("7", "8") else {}
        counted.case(crime(f"C{number}", **sort), outcome(f"C{number}", kind, "2025-03-05"))
    found = counted.values("P05")
    assert (found["rate"], found["formal"], found["informal"], found["n"]) == (70.0, 50.0, 20.0, 10)
    assert (found["victim_based"], found["state_based"]) == (62.5, 100.0)
    assert found["with_diversionary"] == 80.0


def test_p06_p07_p08_reasons_without_a_charge(counted: Counted) -> None:
    for number, kind in enumerate(("14", "16", "15", "18", "18", "1", "8", "9"), start=1):
        counted.case(crime(f"C{number}"), outcome(f"C{number}", kind, "2025-03-05"))
    assert counted.values("P06") == {"rate": 25.0, "n": 8, "victim_does_not_support": 2}
    assert counted.values("P07")["rate"] == 25.0
    assert counted.values("P08") == {"rate": 12.5, "n": 8, "evidential": 1}


def test_a_text_that_covers_several_types_makes_what_needs_the_type_not_available(counted: Counted) -> None:
    counted.case(crime("C1"), outcome("C1", None, "2025-03-05", outcome_text="Unable to prosecute suspect"))
    counted.case(crime("C2"), outcome("C2", "18", "2025-03-05"))
    counted.case(crime("C3", force="46"), outcome("C3", "16", "2025-03-05", force="46"))
    for name in ("P06", "P08"):
        (told,) = counted.ask(name)
        assert (told.values["rate"], told.missing["rate"]) == (None, "Data not available")
    assert counted.values("P07")["rate"] == pytest.approx(100 / 3), "what needs no type is there"
    assert counted.values("P06", force="46")["rate"] == 100.0, "and so is another force"


def test_p09_recording_to_charge_and_to_any_positive_outcome(counted: Counted) -> None:
    counted.case(crime("C1"), outcome("C1", "1", "2025-03-11"))  # 10 days
    counted.case(crime("C2"), outcome("C2", "1", "2025-03-31"))  # 30 days
    counted.case(crime("C3", **DRUGS), outcome("C3", "8", "2025-03-03"))  # 2 days
    counted.case(crime("C4"), outcome("C4", "18", "2025-03-03"))
    counted.case(crime("C5"), outcome("C5", "1", "2025-02-27"))  # before it was recorded
    found = counted.values("P09")
    assert (found["to_charge"], found["n"], found["mean_to_charge"]) == (20.0, 2, 20.0)
    assert (found["to_charge_victim_based"], found["to_charge_state_based"]) == (20.0, None)
    assert (found["to_positive"], found["n_positive"], found["to_positive_state_based"]) == (10.0, 3, 2.0)
    assert found["before_recording"] == 1


def test_days_are_not_available_where_only_the_month_is_known(counted: Counted) -> None:
    counted.case(crime("C1", "2025-03"), outcome("C1", "1", "2025-05", at="2025-05-31T12:00:00Z"))
    (told,) = counted.ask("P09")
    assert (told.values["to_charge"], told.missing["to_charge"]) == (None, "Data not available")
    assert told.values["known_to_the_month"] == 1
    counted.case(crime("C2"), outcome("C2", "1", "2025-03-11"))
    assert counted.values("P09")["to_charge"] == 10.0


def test_p10_report_to_first_arrest_clock_precision_and_arrests_before_it(counted: Counted) -> None:
    incident = history(
        "police.incident",
        {"incident_ref": "I1", "force": "20", "reported_at": "2025-03-01T06:00:00Z", "crime_refs": ["C1"]},
    )
    counted.case(crime("C1"), incident, suspect(1, "C1"), arrest(1, "2025-03-02T06:00:00Z", "C1"))  # 24 hours
    counted.case(
        crime("C2", reported_at="2025-03-01"), suspect(2, "C2"), suspect(3, "C2"),
        arrest(2, "2025-03-11T10:00:00Z", "C2"), arrest(3, "2025-03-06T10:00:00Z", "C2"),  # 5 days, by days
    )  # fmt: skip
    counted.case(crime("C3"), suspect(4, "C3"), arrest(4, "2025-02-27T09:00:00Z", "C3"))  # before it
    counted.case(crime("C4"))
    found = counted.values("P10")
    assert (found["median"], found["mean"], found["n"]) == (3.0, 3.0, 2)
    assert (found["before_report"], found["by_day"]) == (1, 1)
    assert (found["from_incident"], found["from_crime"], found["from_recording"]) == (50.0, 50.0, 0.0)
    assert counted.values("P10c")["share"] == 75.0


def test_p11_arrests_are_events_not_crimes(counted: Counted) -> None:
    counted.case(
        crime("C1"), suspect(1, "C1"), arrest(1, "2025-03-02T06:00:00Z", "C1"), arrest(1, "2025-03-09T06:00:00Z", "C1")
    )
    counted.case(*(crime(f"C{number}") for number in (2, 3, 4)))
    assert counted.values("P11") == {"rate": 50.0, "n": 4, "arrests": 2}


def test_p12_open_investigations_are_those_of_the_end_of_the_period(counted: Counted) -> None:
    counted.case(crime("C1", "2025-03-01T09:00:00Z"), outcome("C1", "18", "2025-05-01"))
    counted.case(crime("C2", "2025-01-01T09:00:00Z"))
    counted.case(crime("C3", "2025-06-01T09:00:00Z"))
    april = counted.values("P12", ("2025", "2025-04-10"))
    assert (april["open"], april["days_31_to_90"], april["days_91_to_180"]) == (2, 1, 1)
    assert april["median_age"] == (40 + 99) / 2
    assert counted.values("P12", YEAR)["open"] == 2
    assert datetime(2025, 4, 10, tzinfo=UTC).toordinal() - datetime(2025, 1, 1, tzinfo=UTC).toordinal() == 99
