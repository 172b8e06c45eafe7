"""What questions in free words are taken to mean."""

import pytest

from casestream.asking import Narrowed
from casestream.understanding import Understood, understand
from clickhouse.measures import measures

AREAS = ("West Midlands", "Kent", "Metropolitan", "London", "Wales", "North Wales", "South East")


def meant(text: str, **options: object) -> Understood:
    return understand(text, measures(), AREAS, Narrowed(**options))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("text", "measure", "area", "offence", "flag"),
    [
        ("What is the charge rate for rape in Kent last year?", "P04a", "Kent", "", "rape"),
        ("cps charge rate in the West Midlands", "C04", "West Midlands", "", ""),
        ("how long until an arrest for burglary in Kent", "P10", "Kent", "burglary", ""),
        ("effective trials in London since 2024", "T05", "London", "", ""),
        ("court backlog", "T02", "", "", ""),
        ("how many crimes in North Wales", "P01", "North Wales", "", ""),
        ("do victims stay, for domestic abuse", "V02", "", "", "domestic_abuse"),
        ("T12 in the Met", "T12", "01", "", ""),
        ("prison population", "H01", "", "", ""),
    ],
)
def test_measure_area_offence_and_flag(text: str, measure: str, area: str, offence: str, flag: str) -> None:
    found = meant(text)
    assert found.measure is not None, [one.id for one in found.nearest]
    assert found.measure.id == measure
    assert found.narrowed.area == ((area,) if area else ())
    assert found.narrowed.offence == ((offence,) if offence else ())
    assert found.narrowed.flag == ((flag,) if flag else ())


@pytest.mark.parametrize(
    ("words", "start", "end"),
    [
        ("last year", "now-1y/y", "now-1y/y"), ("in March 2025", "2025-03", "2025-03"), ("in 2025", "2025", "2025"),
        ("since 2024", "2024", "now"), ("over the last 6 months", "now-6M", "now"),
        ("between March 2024 and June 2025", "2024-03", "2025-06"), ("", "now-1y", "now"),
    ],
)  # fmt: skip
def test_periods(words: str, start: str, end: str) -> None:
    found = meant(f"recorded crimes {words}")
    assert (found.narrowed.start, found.narrowed.end) == (start, end)
    assert found.measure is not None
    assert found.measure.id == "P01"


def test_divided_by() -> None:
    assert meant("victims by sex").narrowed.by == "sex"
    assert meant("recorded crimes by force").narrowed.by == "force"
    assert meant("prison population by prison region").narrowed.by == "prison_region"


@pytest.mark.parametrize("text", ["the weather tomorrow", "trial", "rate"])
def test_where_it_is_not_sure_the_nearest_three_are_offered(text: str) -> None:
    found = meant(text)
    assert found.measure is None
    assert len(found.nearest) <= 3
    assert "no sure measure" in found.said_back()


def test_options_count_before_words() -> None:
    found = meant("recorded crimes in Kent", area=("20",))
    assert found.narrowed.area == ("20",)
    assert "area 20" in found.said_back()
