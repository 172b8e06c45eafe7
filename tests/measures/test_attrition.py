"""A measures, counted by hand."""

import pytest

from tests.builders import crime, defendant, hearing, offence, person, result, states
from tests.measures.counted import Counted, arrest, consultation, decision, groups, outcome, suspect

pytestmark = pytest.mark.integration


def story(counted: Counted) -> None:
    """Nine burglaries of March 2025: one lost without a suspect, one lost after an arrest, one cautioned, one handed
    to another body, one lost at the CPS, one convicted, one acquitted, two open."""
    guilty = (result("1015", "Fine", ordered_on="2025-06-02", convicted=True),)
    counted.case(crime("C1"), outcome("C1", "18", "2025-03-20"))
    counted.case(
        crime("C2"), suspect(2, "C2"), arrest(2, "2025-03-02T09:00:00Z", "C2"), outcome("C2", "15", "2025-04-01")
    )
    counted.case(crime("C3"), suspect(3, "C3"), outcome("C3", "3", "2025-03-09"))
    counted.case(crime("C4"), outcome("C4", "20", "2025-03-09"))
    counted.case(
        crime("C5"), suspect(5, "C5"), consultation(5, "2025-04-02", "2025-04-09"),
        decision(5, "no_further_action", "2025-04-09", nfa_reason="evidential"),
    )  # fmt: skip
    for number, told in (
        (6, {"results": guilty, "conviction_on": "2025-06-02"}),
        (7, {"results": (result("2006", "Not guilty", ordered_on="2025-06-02"),)}),
    ):
        counted.case(
            crime(f"C{number}"), suspect(number, f"C{number}", asn=f"ASN{number}"),
            hearing(f"H{number}", "2025-06-02", defendant(
                number, offence(crime_ref=f"C{number}", charge_on="2025-04-01", **told), asn=f"ASN{number}"
            ), case=f"CC{number}"),
        )  # fmt: skip
    counted.case(crime("C8"), suspect(8, "C8"))
    counted.case(crime("C9"))


def test_a01_reaching_a_stage_counts_as_having_passed_all_before_it(counted: Counted) -> None:
    story(counted)
    assert counted.values("A01") == {
        "recorded": 9, "suspect_identified": 6, "arrested": 4, "referred": 3, "charged": 2, "first_hearing": 2,
        "convicted": 1, "custody": 0, "open": 2,
    }  # fmt: skip


def test_a02_each_stage_adds_up_and_open_crimes_are_no_loss(counted: Counted) -> None:
    story(counted)
    names = ("reached", "progressed", "lost", "diverted", "transferred", "open", "attrition")
    found = groups(counted.ask("A02"), *names)
    assert found == [
        ("recorded", 9, 6, 1, 0, 1, 1, 12.5),
        ("suspect_identified", 6, 4, 0, 1, 0, 1, 0.0),
        ("arrested", 4, 3, 1, 0, 0, 0, 25.0),
        ("referred", 3, 2, 1, 0, 0, 0, pytest.approx(100 / 3)),
        ("charged", 2, 2, 0, 0, 0, 0, 0.0),
        ("first_hearing", 2, 1, 1, 0, 0, 0, 50.0),
    ]
    for _, reached, *parts, _rate in found:
        assert reached == sum(parts)


def test_a03_overall_and_a06_of_the_charged(counted: Counted) -> None:
    story(counted)
    overall = counted.values("A03")
    assert (overall["attrition"], overall["n"], overall["open_share"]) == (
        pytest.approx(400 / 7), 7, pytest.approx(200 / 9)
    )  # fmt: skip
    charged = counted.values("A06")
    assert (charged["share"], charged["n"], charged["charged"]) == (50.0, 2, 2)


def test_a_cohort_of_which_less_than_half_is_resolved_is_immature(counted: Counted) -> None:
    counted.case(crime("C1"), outcome("C1", "18", "2025-03-20"))
    counted.case(crime("C2"))
    assert counted.ask("A03")[0].mature
    counted.case(crime("C3"))
    assert not counted.ask("A03")[0].mature


def test_with_several_suspects_the_furthest_counts(counted: Counted) -> None:
    counted.case(
        crime("C1"), suspect(1, "C1"), suspect(2, "C1"), arrest(2, "2025-03-05T10:00:00Z", "C1"),
        outcome("C1", "16", "2025-05-01"),
    )  # fmt: skip
    found = {row[0]: row[1:] for row in groups(counted.ask("A02"), "reached", "lost")}
    assert found == {"recorded": (1, 0), "suspect_identified": (1, 0), "arrested": (1, 1)}


def test_a_flagged_crime_counts_once_beside_an_unflagged_one_of_its_case(counted: Counted) -> None:
    counted.case(crime("C1", ho_code="19C"), crime("C2"))
    assert counted.values("P01", flag="rape") == {"crimes": 1}
    assert counted.values("P01", flag="rasso") == {"crimes": 1}
    assert counted.values("P01") == {"crimes": 2}
    assert counted.values("A01", flag="rape")["recorded"] == 1
    assert counted.values("A01", offence_subgroup="Residential burglary")["recorded"] == 1


def test_a07_relative_rates_with_the_interval_of_the_ratio(counted: Counted) -> None:
    for number in range(1, 16):  # of ten White suspects five are charged, of five Black suspects all
        code = "W1" if number <= 10 else "B1"
        charged = (consultation(number, "2025-03-03"), decision(number, "charge", "2025-03-09"))
        counted.case(
            crime(f"C{number}"), suspect(number, f"C{number}", person=person(ethnicity_self=code)),
            arrest(number, "2025-03-02T09:00:00Z", f"C{number}"), *(charged if number > 5 else ()),
        )  # fmt: skip
    rows = {one.keys["ethnicity"]: one for one in counted.ask("A07", shareable=False)}
    assert rows["White"].values["index"] is not None
    measured = {name: one.values for name, one in rows.items()}
    assert (measured["White"]["index"], measured["White"]["n"], measured["White"]["rate"]) == (1.0, 10, 50.0)
    assert measured["Black"]["n"] == 5
    assert measured["Black"]["index"] is None, "no rate on fewer than ten people"
    assert rows["Black"].missing["index"] == "Suppressed due to low volumes"


def test_a04_records_whose_case_another_agency_tells_of_too(counted: Counted) -> None:
    """A case of police and CPS with three records, one of the police alone, and an outcome without its crime."""
    counted.case(crime("C1"), suspect(1, "C1"), consultation(1, "2025-03-02", "2025-03-09"))
    counted.case(crime("C2", force="46"))
    counted.case(outcome("C3", "18", "2025-03-20"))
    assert counted.by("A04", "rate") == {"police": 50.0, "cps": 100.0}
    assert counted.by("A04", "n") == {"police": 4.0, "cps": 1.0}
    assert counted.by("A04", "rate", force="20") == {"police": 100.0, "cps": 100.0}
    assert counted.by("A04", "rate", force="46") == {"police": 0.0}


def test_a08_live_cases_by_stage_and_age(counted: Counted) -> None:
    counted.case(crime("C1", "2025-03-01T09:00:00Z"))
    counted.case(crime("C2", "2025-03-11T09:00:00Z"))
    counted.case(crime("C3"), outcome("C3", "18", "2025-03-20"))
    (only,) = counted.ask("A08", ("2025", "2025-03-31"))
    assert (only.keys, only.values["median"], only.values["n"]) == ({"stage": "recorded"}, 25.0, 2)


def test_adult_rape_has_definitions_that_differ_and_flags_of_the_cps_stay(counted: Counted) -> None:
    """A woman's rape (19C) and a girl's (19D); the CPS flags child abuse in the second, and drops it later."""
    counted.case(crime("C1", ho_code="19C"))
    told = {"consultation_id": "K2", "kind": "charging_decision", "received_at": "2025-03-02"}
    of = {"proceeding_id": "P2", "crime_refs": ("C2",)}
    counted.case(crime("C2", ho_code="19D"), states(
        "cps.consultation",
        ("2025-03-02T09:00:00Z", told | {"proceeding": of | {"flags": ("rape", "child_abuse")}}),
        ("2025-04-02T09:00:00Z", told | {"proceeding": of | {"flags": ("rape",)}}),
    ))  # fmt: skip
    assert counted.values("P01", flag="adult_rape_ho16") == {"crimes": 1}
    assert counted.values("C01", flag="child_abuse")["suspects"] == 1, "a flag of the CPS stays"
    assert counted.values("C01", flag="rape")["suspects"] == 1
    assert counted.values("C01", flag="adult_rape_cps18")["suspects"] == 0, "child abuse, whatever the crime says"
