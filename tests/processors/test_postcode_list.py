"""Districts out of a directory of postcodes, by hand; and our own list of postcode areas."""

import io
import re

import pytest

from processors.list_entries import ListError
from processors.postcode_list import read_districts
from processors.reference_lists import read_list
from schemas.areas import TERRITORIAL
from schemas.postcodes import _BY_FORCE, POSTCODE_AREA_FORCES

HEADING = "pcd,pcds,doterm,pfa\n"


def districts(text: str) -> dict[str, str]:
    return {one.code: one.name for one in read_districts(io.StringIO(text))}


def test_a_district_has_the_force_in_whose_area_all_of_it_lies() -> None:
    text = HEADING + (
        "LE1 1AA,LE1 1AA,,E23000021\n"
        "LE1 1AB,LE1 1AB,199606,E23000021\n"  # no longer in use, and somebody told it
        "LE121AA,LE12 1AA,,E23000021\n"
        "LE121AB,LE12 1AB,,E23000019\n"  # a village of Nottinghamshire
        "NP161AA,NP16 1AA,,W15000002\n"
    )
    assert districts(text) == {"LE1": "33", "LE12": "", "NP16": "61"}


def test_a_district_of_another_country_or_over_its_border_has_none() -> None:
    text = HEADING + (
        "TD151AA,TD15 1AA,,E23000007\n"
        "TD151AB,TD15 1AB,,S23000009\n"
        "EH1 1AA,EH1 1AA,,S23000009\n"
    )  # fmt: skip
    assert districts(text) == {"EH1": "", "TD15": ""}


def test_a_postcode_without_a_code_says_nothing_of_its_district() -> None:
    text = HEADING + "M1  1AA,M1 1AA,,\nM1  1AB,M1 1AB,,E23000005\nM2  1AA,M2 1AA,,\n"
    assert districts(text) == {"M1": "06", "M2": ""}


@pytest.mark.parametrize("heading", ["pcds,pfa", "PCD7,PFA23CD", "pcd8,pfa21", "pcd2,pfa23"])
def test_the_columns_of_every_edition_are_found(heading: str) -> None:
    assert districts(f"{heading}\nEC1A 1BB,e23000034\n") == {"EC1A": "48"}


def test_it_is_one_of_the_lists() -> None:
    (told,) = read_list("postcodes", "\ufeffpcds,pfa\nLE1 1AA,E23000021\n")
    assert (told.code, told.name) == ("LE1", "33")


@pytest.mark.parametrize(
    ("text", "line", "field", "value"),
    [
        ("postcode,pfa\nLE1 1AA,E23000021\n", 1, "pcds", "postcode,pfa"),
        ("pcds,force\nLE1 1AA,E23000021\n", 1, "pfa", "pcds,force"),
        ("pcds,pfa\nLE1 1AA,E23000021\nLE1,E23000021\n", 3, "pcds", "LE1"),
        ("pcds,pfa\nLE1 1AA,Leicestershire\n", 2, "pfa", "LEICESTERSHIRE"),
        ("pcds,pfa\nLE1 1AA,E23999999\n", 2, "pfa", "E23999999"),
        ("pcds,pfa\nLE1 1AA\n", 2, "(line)", ""),
        ('pcds,pfa\n"LE1 1AA,E23000021\n', 2, "(line)", ""),
        ("pcds,pfa\n", 2, "pcds", ""),
        ("", 1, "pcds", ""),
    ],
)
def test_a_bad_file_is_told_by_line_field_and_value(text: str, line: int, field: str, value: str) -> None:
    with pytest.raises(ListError) as told:
        read_districts(io.StringIO(text))
    assert (told.value.line, told.value.field, told.value.value) == (line, field, value)
    assert told.value.rule


def test_our_own_postcode_areas_are_each_of_one_force() -> None:
    listed = [area for areas in _BY_FORCE.values() for area in areas.split()]
    assert len(set(listed)) == len(listed) == len(POSTCODE_AREA_FORCES)
    assert all(re.fullmatch("[A-Z]{1,2}", area) for area in listed)
    assert set(POSTCODE_AREA_FORCES.values()) <= set(TERRITORIAL)


@pytest.mark.parametrize(("area", "force"), [("LE", "33"), ("M", "06"), ("SE", "01"), ("TR", "50"), ("LL", "60")])
def test_the_force_of_a_postcode_area(area: str, force: str) -> None:
    assert POSTCODE_AREA_FORCES[area] == force


@pytest.mark.parametrize("area", ["EC", "B", "SY", "CF", "DN", "S", "NF"])
def test_an_area_that_several_forces_share_is_not_there(area: str) -> None:
    assert area not in POSTCODE_AREA_FORCES
