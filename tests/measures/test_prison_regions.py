"""Custody by the region that the prison stands in, counted by hand. LEI is Leeds, PVI Pentonville, BXI Brixton; ZZI no
list knows."""

from typing import Any

import pytest

from processors.cases.histories import RecordHistory
from tests.measures.counted import Counted, groups
from tests.measures.test_victims_and_prisons import capacity, moved

pytestmark = pytest.mark.integration

NORTH, LONDON, UNKNOWN = "Yorkshire and The Humber", "London", "Not known"


def received(number: int, prison: str | None, at: str = "2025-02-01T10:00:00Z", **more: Any) -> RecordHistory:
    return moved(number, "received", at, **({"prison_id": prison} if prison else {}), custody_type="sentenced", **more)


def test_h01_people_by_the_region_of_the_prison_told_last(counted: Counted) -> None:
    counted.case(received(1, "LEI"))
    counted.case(received(2, "LEI"), moved(2, "transferred", "2025-03-01T10:00:00Z", prison_id="PVI"))
    counted.case(received(3, "BXI"), moved(3, "to_court", "2025-03-01T10:00:00Z"))  # at court, and of Brixton
    counted.case(received(4, "ZZI"))
    counted.case(received(5, None))
    counted.case(received(6, "LEI"), moved(6, "released", "2025-04-01T10:00:00Z", prison_id="LEI"))
    february = counted.ask("H01", ("2025", "2025-02"), by="prison_region")
    assert groups(february, "people") == [
        ("sentenced", LONDON, 1), ("sentenced", UNKNOWN, 2), ("sentenced", NORTH, 3),
    ]  # fmt: skip
    assert counted.by("H01", "people", by="prison_region") == {NORTH: 1, LONDON: 2, UNKNOWN: 2}
    assert counted.by("H01", "people") == {"sentenced": 5}, "all regions and what is not known are all people"
    assert counted.by("H01", "people", prison_region=LONDON) == {"sentenced": 2}
    assert counted.by("H01", "people", prison_region=UNKNOWN) == {"sentenced": 2}
    assert counted.by("H01", "people", prison_region="Wales") == {}


def test_h01_a_movement_that_two_cases_hold_is_of_one_person(counted: Counted) -> None:
    counted.case(received(1, "LEI"))
    counted.case(received(1, "LEI"))
    assert counted.by("H01", "people") == {"sentenced": 1}
    assert counted.by("H02", "people_held", by="prison_region") == {}, "its capacity is not told"


def test_h02_capacity_by_region(counted: Counted) -> None:
    for number, (prison, places) in enumerate([("PVI", 3), ("BXI", 1), ("LEI", 2), ("ZZI", 5)]):
        counted.case(capacity(prison, "2025-01-01", places), name=f"capacity-{number}")
    counted.case(received(1, "PVI"))
    counted.case(received(2, "BXI"))
    counted.case(received(3, "LEI"))
    found = {one.keys["prison_region"]: one.values for one in counted.ask("H02", by="prison_region")}
    assert {name: (one["people_held"], one["places"], one["in_use"]) for name, one in found.items()} == {
        LONDON: (2, 4, 50.0), NORTH: (1, 2, 50.0), UNKNOWN: (0, 5, 0.0),
    }  # fmt: skip
    assert counted.values("H02", prison_region=LONDON)["places_left"] == 2
    assert counted.values("H02")["places"] == 11


def test_h03_receptions_by_the_first_prison_and_releases_by_their_own(counted: Counted) -> None:
    counted.case(
        received(1, "LEI"), received(1, "PVI", "2025-03-01T10:00:00Z"),  # a later entry of the same period
        moved(1, "released", "2025-06-01T10:00:00Z", prison_id="PVI", custody_type="sentenced"),
    )  # fmt: skip
    counted.case(received(2, "ZZI"))
    found = {one.keys["prison_region"]: one.values for one in counted.ask("H03", by="prison_region")}
    assert found == {
        LONDON: {"receptions": 0, "releases": 1}, NORTH: {"receptions": 1, "releases": 0},
        UNKNOWN: {"receptions": 1, "releases": 0},
    }  # fmt: skip
    assert counted.values("H03", prison_region=NORTH) == {"receptions": 1, "releases": 0}
    assert counted.values("H03") == {"receptions": 2, "releases": 1}
