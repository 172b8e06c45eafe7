"""Forces and areas: one list, looked up by number, ONS code and name, and what is unknown is told."""

import csv
import itertools
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schemas.areas import (
    BELONGINGS,
    FORCES,
    LONDON_CPS,
    ROLES,
    TERRITORIAL,
    AreaError,
    Belonging,
    area_named,
    areas_of,
    cps_area,
    force,
    force_named,
    force_of_court,
    forces_of,
)
from tests.conftest import SHARED


def listed(name: str) -> list[dict[str, str]]:
    path = SHARED / "reference" / name
    if not path.exists():
        pytest.skip(f"the national list {name} is not here")
    with path.open(newline="") as file:
        return list(csv.DictReader(file))


def areas(role: str) -> set[str]:
    return {one.area for one in BELONGINGS if one.role == role}


def test_there_are_43_forces_in_40_boards_14_cps_areas_10_regions_7_court_and_12_probation_regions() -> None:
    assert len(TERRITORIAL) == 43
    assert {role: len(areas(role)) for role in ROLES} == {
        "board": 40, "cps": 14, "region": 10, "court": 7, "probation": 12
    }  # fmt: skip


@pytest.mark.parametrize("role", ROLES)
def test_every_territorial_force_has_an_area_of_each_role(role: str) -> None:
    held = [one.force for one in BELONGINGS if one.role == role]
    assert set(TERRITORIAL) <= set(held)
    twice = {number for number in held if held.count(number) > 1}
    assert twice == ({"01", "48"} if role == "cps" else set())


def test_periods_of_an_area_never_overlap() -> None:
    def days(one: Belonging) -> tuple[date, date]:
        return one.valid_from or date.min, one.valid_to or date.max

    for first, second in itertools.combinations(BELONGINGS, 2):
        if first[:2] == second[:2] and {first.area, second.area} != set(LONDON_CPS):
            (a, b), (c, d) = days(first), days(second)
            assert b <= c or d <= a, (first, second)


def test_the_national_list_of_forces_agrees() -> None:
    for row in listed("police-forces.csv"):
        found = FORCES[row["pnc_force_code"]]
        assert found.slug == row["police_uk_slug"]
        assert force_named(row["police_uk_name"]) == found
        if row["cps_area"]:
            told = [area_named("cps", one.replace("Eastern", "East of England")) for one in row["cps_area"].split("/")]
            assert areas_of(found.number, "cps") == tuple(told), row


def test_every_court_of_the_national_list_sits_in_a_force_area() -> None:
    for row in listed("court-ou-codes.csv"):
        number = force_of_court(row["ou_code"])
        assert number == ("" if row["force_area_code"] == "00" else row["force_area_code"]), row
        if number and row["force_area"]:
            expected = "Metropolitan" if number == "01" else row["force_area"].strip()
            assert force(expected).number == number, row


def test_a_force_is_found_by_each_of_its_names_codes_and_numbers() -> None:
    for one in FORCES.values():
        for text in (one.number, one.gss, one.name, one.slug, one.official, *one.aliases):
            assert not text or force(text) == one
    assert force("1").number == "01"
    assert force(" e23000030 ") == force("hampshire") == force("HAMPSHIRE & ISLE OF WIGHT constabulary")


@given(st.sampled_from(sorted(FORCES)), st.sampled_from((str.upper, str.lower, str.title)), st.booleans())
def test_spelling_does_not_matter(number: str, spelling: object, hyphens: bool) -> None:
    name = FORCES[number].name.replace(" ", "-") if hyphens else FORCES[number].name
    assert force(spelling(name)).number == number  # type: ignore[operator]


@pytest.mark.parametrize(
    ("text", "nearest"),
    [("Merseysyde", "Merseyside"), ("EE23000001", "E23000001"), ("99", ""), ("", ""), ("Police Scotland", "")],
)
def test_an_unknown_force_is_an_error_with_the_value_and_the_nearest(text: str, nearest: str) -> None:
    with pytest.raises(AreaError) as told:
        force(text)
    assert (told.value.field, told.value.value) == ("force", text)
    assert repr(text) in str(told.value)
    assert told.value.nearest == nearest


def test_londons_two_cps_areas_are_told_apart_only_by_the_record() -> None:
    assert areas_of("01", "cps") == areas_of("48", "cps") == LONDON_CPS
    assert cps_area("01") == ""
    assert cps_area("01", "CPS London South") == "London South"
    assert cps_area("20") == "West Midlands"
    with pytest.raises(AreaError, match="nearest is 'London North'"):
        cps_area("01", "London Nort")


def test_merged_boards_hold_both_forces() -> None:
    assert forces_of("board", "cleveland & durham") == ("11", "17")
    assert forces_of("board", "Norfolk and Suffolk") == ("36", "37")
    assert forces_of("board", "London") == ("01", "48")
    assert areas_of("93", "board") == areas_of("93", "region") == ()


def test_the_regions_of_probation_begin_with_the_unified_service() -> None:
    assert areas_of("06", "probation", date(2021, 6, 25)) == ()
    assert areas_of("06", "probation", date(2021, 6, 26)) == areas_of("06", "probation") == ("Greater Manchester",)
