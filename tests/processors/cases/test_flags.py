"""Priority flags (decisions, section 7), also over the whole national list of offences."""

import csv
from pathlib import Path
from typing import Any

import pytest

from processors.cases.flags import RAPE_CODES, complete, flags_of_class, flags_of_code
from processors.cases.offences import of_ho_code
from processors.cases.project import project_case
from tests.builders import crime, defendant, hearing, history, offence, states

REFERENCE = Path(__file__).resolve().parents[3] / ".." / "shared" / "reference"
SEXUAL = {"017", "020", "021", "022", "070", "071"}


def listed(name: str) -> list[dict[str, str]]:
    path = REFERENCE / name
    if not path.exists():
        pytest.skip(f"the national list {name} is not here")
    with path.open(newline="") as file:
        return list(csv.DictReader(file))


def test_codes_and_classes_of_the_national_list_agree() -> None:
    for row in listed("offence-codes.csv"):
        number, code = row["ho_classification"][:3], row["cjs_code"]
        expected = {"rape", "serious_sexual"} if number == "019" else {"serious_sexual"} if number in SEXUAL else set()
        if number:
            assert flags_of_code(code) == expected, row
            assert flags_of_class(of_ho_code(row["ho_classification"])) - {"adult_rape_ho16", "stalking_harassment"} \
                == expected, row
        elif code not in RAPE_CODES:
            assert flags_of_code(code) == set(), row


def test_rape_codes_without_a_class_are_listed() -> None:
    assert {"SX56001", "SO96001"} <= RAPE_CODES
    assert flags_of_code("SX03002C") == {"rape", "serious_sexual"}  # a conspiracy


def test_every_police_class_of_the_national_list_has_its_group() -> None:
    for row in listed("ho-offence-groups.csv"):
        expected = row["offence_group"].replace("Possession of weapons offences", "Possession of weapons")
        assert of_ho_code(row["ho_offence_code"]).group == expected, row


@pytest.mark.parametrize(
    ("police", "courts"), [("19C", "019/08"), ("19D", "019/07"), ("20A", "020/05"), ("21", "021/02")]
)
def test_both_spellings_flag_alike(police: str, courts: str) -> None:
    assert flags_of_class(of_ho_code(police)) == flags_of_class(of_ho_code(courts))


@pytest.mark.parametrize("code", ["88A", "88E", "088/14", "088/15"])
def test_grooming_exposure_and_image_offences_are_not_serious_sexual(code: str) -> None:
    assert flags_of_class(of_ho_code(code)) == set()


def test_adult_rape_has_two_definitions() -> None:
    assert {"adult_rape_ho16", "adult_rape_cps18", "rasso"} <= set(complete(flags_of_class(of_ho_code("19C"))))
    assert "adult_rape_cps18" not in complete(frozenset({"rape", "child_abuse"}))


def test_a_case_with_a_rape_and_a_burglary_has_one_flagged_crime() -> None:
    rows: dict[str, Any] = project_case("c1", [crime("C1", ho_code="19C"), crime("C2")])
    assert [("rape" in row.flags) for row in rows["case_crimes"]] == [True, False]
    assert "rape" in rows["cases"][0].flags


def cps(*flags: str) -> dict[str, Any]:
    proceeding = {"proceeding_id": "P1", "crime_refs": ("C1",), "flags": flags}
    return {"consultation_id": "K1", "proceeding": proceeding, "kind": "early_advice", "received_at": "2025-03-05"}


def test_flags_of_the_cps_stay_and_those_of_police_do_not() -> None:
    told = states("cps.consultation", ("2025-03-05T00:00:00Z", cps("rape")), ("2025-03-09T00:00:00Z", cps()))
    base = {"crime_ref": "C1", "force": "20", "recorded_at": "2025-03-01", "ho_code": "28E"}
    marked = states(
        "police.crime", ("2025-03-01T00:00:00Z", base),
        ("2025-03-02T00:00:00Z", base | {"flags": ("domestic_abuse",)}), ("2025-03-04T00:00:00Z", base),
    )
    rows: dict[str, Any] = project_case("c1", [marked, told])
    assert "rape" in rows["case_proceedings"][0].flags
    flags = {(row.flag, row.scope): row for row in rows["case_flags"]}
    assert flags["rape", "proceeding"].cleared_at is None
    gone = flags["domestic_abuse", "crime"]
    day = 86_400_000
    assert (gone.current, gone.cleared_at - gone.set_at) == (0, 2 * day)
    assert rows["case_crimes"][0].flags == ()


def test_markers_of_the_court_flag_the_defendants() -> None:
    told = hearing("H1", "2025-06-02", defendant(1), cases=(
        {"ids": {"court_case_id": "CC1"}, "markers": ("HT",), "defendants": (defendant(1, offence()),)},))
    rows: dict[str, Any] = project_case("c1", [told, history("police.suspect", {
        "suspect_id": "S1", "force": "20", "crime_refs": ("C1",)})])
    assert rows["case_defendants"][0].flags == ("modern_slavery",)
