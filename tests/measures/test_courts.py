"""T and S measures, counted by hand."""

from typing import Any

import pytest

from processors.cases.histories import RecordHistory
from tests.builders import defendant, hearing, history, offence, person, result, trial
from tests.measures.counted import Counted, groups

pytestmark = pytest.mark.integration


def case(name: str = "CC1", **more: Any) -> RecordHistory:
    """A court case as the court's own record tells it."""
    told = {"ids": {"court_case_id": name}, "jurisdiction": "crown", "defendants": (defendant(),)}
    return history("court.case", told | more)


def dealt(charged: str, on: str, *more: dict[str, Any], **told: Any) -> Any:
    """A defendant who was charged, and fined on a day."""
    fined = (result("1015", "Fine", ordered_on=on),)
    return defendant(1, offence(charge_on=charged, results=fined), *more, **told)


def test_t01_counts_court_cases_whatever_links(counted: Counted) -> None:
    counted.case(
        case("CC1", received_at="2025-02-01"),
        case("CC2", received_at="2025-03-01", disposed_at="2025-06-01"),
        case("CC3", received_at="2024-02-01", transferred_out_at="2025-07-01"),
    )
    assert counted.values("T01")["cases"] == 2
    assert counted.values("T01d") == {"cases": 2}, "a transfer out is a disposal"
    assert counted.values("A05") == {"ratio": 100.0, "n": 2, "disposed": 2}


def test_t02_outstanding_is_a_state_without_live_bench_warrants(counted: Counted) -> None:
    warrant = {"warrant_id": "W1", "defendant": {"defendant_id": "D1", "court_case_id": "CC2"}, "kind": "bench",
               "issued_at": "2025-04-01", "executed_at": "2025-08-01"}  # fmt: skip
    counted.case(case("CC1", received_at="2025-01-10", disposed_at="2025-05-01"))
    counted.case(case("CC2", received_at="2025-01-10"), history("court.warrant", warrant))
    counted.case(case("CC3", received_at="2025-06-10", jurisdiction="magistrates"))
    at = {end: counted.values("T02", ("2025-01", end))["cases"] for end in ("2025-03", "2025-04", "2025-06", "2025-09")}
    assert at == {"2025-03": 2, "2025-04": 1, "2025-06": 1, "2025-09": 2}
    found = counted.values("T02", ("2025", "2025"))
    assert (found["crown"], found["magistrates"]) == (1, 1)


def test_t03_and_t04_the_age_of_what_is_outstanding(counted: Counted) -> None:
    counted.case(case("CC1", case_type="for_trial", received_at="2024-01-01", received_at_crown_court="2024-06-30",
                      defendants=(defendant(bail_status="C"),)))  # fmt: skip
    counted.case(case("CC2", case_type="for_trial", received_at="2025-05-01", received_at_crown_court="2025-06-01"))
    counted.case(case("CC3", case_type="appeal", received_at="2020-01-01"))
    found = counted.values("T03", ("2025-06", "2025-06-30"))
    assert (found["over_12_months"], found["n"], found["over_6_months"]) == (1, 2, 1)
    later = counted.values("T03", ("2025-07", "2025-12-31"))
    assert (later["over_12_months"], later["over_6_months"], later["over_24_months"]) == (1, 2, 0)
    ages = counted.values("T04", ("2025-06", "2025-07-01"))
    assert (ages["n"], ages["median"]) == (3, 366.0), "CC2 30 days, CC1 366, CC3 five years"


def test_t05_listings_by_hand(counted: Counted) -> None:
    days = ("2025-06-02T09:00:00Z", "2025-06-03T09:00:00Z")
    counted.case(  # a cracked trial of two days is one
        hearing("H1", "2025-06-02", sitting_days=days, **trial("cracked", "A")),
        hearing("H1", "2025-06-03", sitting_days=days, **trial("cracked", "A")),
    )
    counted.case(hearing("H2", "2025-06-02", defendant(1), case="CC2", **trial("effective")), name="joined-1")
    counted.case(hearing("H2", "2025-06-02", defendant(2), case="CC3", **trial("effective")), name="joined-2")
    counted.case(  # ineffective, then effective: two
        hearing("H3", "2025-07-02", case="CC4", **trial("ineffective", "S3")),
        hearing("H4", "2025-09-01", case="CC4", **trial("effective")),
    )
    counted.case(hearing("H5", "2025-06-02", case="CC5", vacated_trial=True))
    counted.case(hearing("H6", "2025-06-02", case="CC6"))  # nothing recorded
    found = counted.values("T05")
    assert (found["effective"], found["cracked"], found["ineffective"], found["n"]) == (50.0, 25.0, 25.0, 4)
    assert found["not_recorded"] == 1
    assert counted.values("T06") == {"share": pytest.approx(100 / 6), "n": 6, "vacated": 1}


def test_t07_reasons_with_prisoners_not_produced_apart(counted: Counted) -> None:
    for number, (status, code) in enumerate(
        [("cracked", "A"), ("cracked", "J"), ("cracked", "J"), ("ineffective", "S3"), ("ineffective", "M2")], start=1
    ):
        counted.case(hearing(f"H{number}", "2025-06-02", case=f"CC{number}", **trial(status, code)))
    assert groups(counted.ask("T07"), "listings", "share") == [
        ("cracked", "defence", "A", 1, pytest.approx(100 / 3)),
        ("cracked", "prosecution", "J", 2, pytest.approx(200 / 3)),
        ("ineffective", "other_agency", "S3", 1, 50.0), ("ineffective", "prosecution", "M2", 1, 50.0),
    ]  # fmt: skip
    assert counted.values("T08") == {"prosecution_ends": 40.0, "n": 5, "victim_withdrew": 40.0, "witness_absent": 0.0}


G: dict[str, Any] = {"plea": "GUILTY", "plea_on": "2025-06-02"}
N: dict[str, Any] = {"plea": "NOT_GUILTY", "plea_on": "2025-06-02"}
SWORN: dict[str, Any] = {"jury_sworn_at": "2025-06-02T11:00:00Z"}
FINED: dict[str, Any] = {"results": (result("1015", "Fine", ordered_on="2025-06-02"),)}
DROPPED: dict[str, Any] = {"results": (result("2063", "Withdrawn", ordered_on="2025-06-02"),)}


def test_t09_three_limbs_and_the_sworn_jury(counted: Counted) -> None:
    told = [
        (offence(number=1, **G, **FINED),),  # guilty to all
        (offence(number=1, **G, **FINED), offence("TH68010", 2, **N, **DROPPED)),  # to some, no jury sworn on the rest
        (offence(number=1, **N, **FINED, verdict={"category": "guilty", "alternative_offence_code": "TH68010"}),),
        (offence(number=1, **G, **FINED), offence("TH68010", 2, **N, **SWORN, **DROPPED)),  # a jury was sworn
        (offence(number=1, **DROPPED),),
        (offence(number=1, **FINED),),  # no plea: not counted
    ]
    for number, offences in enumerate(told, start=1):
        counted.case(hearing(f"H{number}", "2025-06-02", defendant(1, *offences), case=f"CC{number}"))
    found = counted.values("T09")
    assert (found["rate"], found["n"], found["not_guilty"], found["dropped"]) == (60.0, 5, 20.0, 20.0)


def test_t12_is_t13_and_t14_for_each_defendant_and_exclusions_hold(counted: Counted) -> None:
    for name, arrived, ended in (("CC1", "2025-01-31", "2025-04-11"), ("CC2", "2025-01-11", "2025-07-20")):
        counted.case(
            case(name, received_at_crown_court=arrived, case_type="for_trial"),
            hearing(f"H{name}", ended, dealt("2025-01-01", ended), case=name),
        )
    appeal = hearing("H3", "2025-07-20", dealt("2025-01-01", "2025-07-20"), case="CC3")
    counted.case(case("CC3", case_type="appeal"), appeal)
    t12, t13, t14 = (counted.values(name) for name in ("T12", "T13", "T14"))
    assert (t12["mean"], t12["n"]) == (150.0, 2), "100 and 200 days; the appeal is left out"
    assert (t13["mean"], t14["mean"]) == (20.0, 130.0), "30 and 10, then 70 and 190"


def test_t15_the_stages_of_a_defendants_case(counted: Counted) -> None:
    told = defendant(1, offence(occurred_from="2025-01-01", charge_on="2025-01-31", **FINED))
    counted.case(
        hearing("H1", "2025-02-10", defendant(1, offence(charge_on="2025-01-31")), hearing_type="First hearing"),
        hearing("H2", "2025-06-02", told, jurisdiction="magistrates"),
    )
    found = counted.values("T15")
    assert (found["median"], found["n"]) == (152.0, 1)
    assert (found["offence_to_charge"], found["charge_to_first_hearing"]) == (30.0, 10.0)
    assert found["first_hearing_to_completion"] == 112.0


def sentenced(counted: Counted, *told: tuple[str, str, dict[str, Any]]) -> None:
    for number, (code, label, more) in enumerate(told, start=1):
        ordered = result(code, label, ordered_on="2025-06-02", **more)
        who = person(sex="male" if number % 2 else "female")
        counted.case(hearing(
            f"H{number}", "2025-06-02", defendant(1, offence(results=(ordered,)), person=who), case=f"CC{number}"
        ))  # fmt: skip


def test_s02_s03_s04_sentences_by_the_heaviest(counted: Counted) -> None:
    sentenced(
        counted, ("1002", "Imprisonment", {"duration_days": 365.25}),
        ("1002", "Imprisonment", {"duration_days": 730.5}),
        ("1002", "Mandatory life imprisonment", {}), ("1116", "Community order", {}), ("1015", "Fine", {}),
    )  # fmt: skip
    assert counted.values("S02") == {"rate": 60.0, "n": 5, "custody": 3}
    found = counted.values("S03")
    assert (found["mean"], found["n"]) == (18.0, 2), "12 and 24 months; life has no length"
    assert counted.by("S04", "share") == {"community": 20.0, "custody": 60.0, "fine": 20.0}


def test_s05_remand_and_what_came_after_it(counted: Counted) -> None:
    for number, (status, ends) in enumerate([("C", DROPPED), ("C", FINED), ("B", FINED), ("B", FINED)], start=1):
        counted.case(
            hearing(f"H{number}", "2025-05-03", defendant(bail_status=status), case=f"CC{number}"),
            hearing(f"G{number}", "2025-06-02", defendant(1, offence(**ends), bail_status="B"), case=f"CC{number}"),
        )
    found = counted.values("S05")
    assert (found["remanded"], found["n"], found["mean_days"]) == (50.0, 4, 30.0)
    assert (found["then_not_convicted"], found["then_no_custody"]) == (50.0, 50.0)


def test_court_area_is_not_the_crimes_area(counted: Counted) -> None:
    counted.case(case("CC1", received_at="2025-02-01", court_ou="B20AA00"))
    counted.case(case("CC2", received_at="2025-02-01", court_ou="B46BB00"))
    assert counted.by("T01", "cases", by="court") == {"B20AA00": 1, "B46BB00": 1}
    assert counted.values("T01", court="B46BB00")["cases"] == 1
    (other,) = counted.ask("T01", force="46")
    assert other.missing["cases"] == "Data not available", "of no case is the force of the crime known"


def test_a_case_sent_to_the_crown_court_is_the_magistrates_until_it_arrives(counted: Counted) -> None:
    counted.case(case("CC1", received_at="2025-01-10", sent_at="2025-02-20", received_at_crown_court="2025-03-01"))
    january, march = (counted.values("T01", (month, month)) for month in ("2025-01", "2025-03"))
    assert (january, march) == ({"cases": 1, "crown": 0}, {"cases": 0, "crown": 1})
    assert counted.values("T01", jurisdiction="magistrates") == {"cases": 1, "crown": 0}
    february, april = (counted.values("T02", ("2025-01", end)) for end in ("2025-02", "2025-04"))
    assert (february["magistrates"], february["crown"]) == (1, 0)
    assert (april["magistrates"], april["crown"]) == (0, 1)
    assert counted.values("T04", ("2025", "2025-03-11"))["median"] == 10.0
    assert counted.values("A05", ("2025-03", "2025-03"), jurisdiction="crown")["n"] == 1
