"""Our own list of prisons by region."""

import csv
import re

import pytest

from schemas.areas import BELONGINGS
from schemas.prisons import _BY_REGION, PRISON_REGIONS
from tests.conftest import SHARED


def test_every_region_is_a_region_of_the_list_of_areas_and_has_prisons() -> None:
    assert set(PRISON_REGIONS.values()) == {one.area for one in BELONGINGS if one.role == "region"}


def test_a_prison_stands_in_one_region() -> None:
    listed = [prison for prisons in _BY_REGION.values() for prison in prisons.split()]
    assert len(set(listed)) == len(listed)
    assert all(re.fullmatch("[A-Z]{3}", prison) for prison in listed)


@pytest.mark.parametrize(
    ("prison", "region"),
    [("LEI", "Yorkshire and The Humber"), ("LCI", "East Midlands"), ("PVI", "London"), ("KVI", "North East"),
     ("WHI", "South East"), ("PBI", "East of England"), ("EWI", "South West"), ("SHI", "West Midlands"),
     ("SWI", "Wales"), ("HVI", "North West")],
)  # fmt: skip
def test_where_a_prison_stands(prison: str, region: str) -> None:
    assert PRISON_REGIONS[prison] == region


def test_the_prisons_of_the_register_have_a_region_but_the_two_on_a_border() -> None:
    path = SHARED / "reference" / "prisons.csv"
    if not path.exists():
        pytest.skip("the national list of prisons is not here")
    with path.open(newline="") as file:
        register = {row["prison_id"] for row in csv.DictReader(file)}
    assert register - set(PRISON_REGIONS) == {"DWI", "HOI"}
    assert set(PRISON_REGIONS) <= register
