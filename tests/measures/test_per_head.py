"""Volumes for each 100,000 people, counted by hand."""

from collections.abc import Iterator
from datetime import date

import pytest

from casestream.measuring import Question, answer
from casestream.per_head import Rate, rates, told_per_head
from casestream.periods import period_of
from clickhouse.measures import measures
from clickhouse.reference_lists import load
from processors.figures.missing import NOT_AVAILABLE, SUPPRESSED
from processors.reference_lists import read_list
from tests.builders import crime
from tests.measures.counted import NOW, YEAR, Counted

pytestmark = pytest.mark.integration

PEOPLE = "force,year,population\n20,2024,200000\n20,2025,400000\n46,2024,100000\n46,2026,800000\n"


@pytest.fixture
def three_crimes(counted: Counted) -> Iterator[Counted]:
    """Two crimes of force 20 and one of force 46 in 2025, and how many people live there."""
    counted.case(crime("C1"), crime("C2"), crime("C3", force="46"))
    counted.case(crime("C4", force="01"))
    load(counted.store, "population", read_list("population", PEOPLE), date(2025, 1, 1))
    yield counted
    for table in ("reference_entries", "reference_loads"):
        counted.store.command(f"TRUNCATE TABLE casestream.{table}")


def per_head(
    counted: Counted, measure: str, period: tuple[str, str] = YEAR, by: str = "", shareable: bool = False,
    **chosen: tuple[str, ...],
) -> list[Rate]:
    question = Question(measures()[measure], period_of(*period, NOW), chosen, by, shareable)
    return rates(counted.store, question, answer(counted.store, question))


def test_the_latest_mid_year_by_the_end_of_the_period_counts(three_crimes: Counted) -> None:
    assert per_head(three_crimes, "P01", force=("20",)) == [Rate(0.5, year=2025)], "2 crimes, 400,000 people"
    assert per_head(three_crimes, "P01", force=("46",)) == [Rate(1.0, year=2024)], "that of 2026 is later"


def test_forces_together_need_a_year_that_all_of_them_have(three_crimes: Counted) -> None:
    assert per_head(three_crimes, "P01", force=("20", "46")) == [Rate(1.0, year=2024)], "3 crimes, 300,000 people"
    assert per_head(three_crimes, "P01") == [Rate(None, NOT_AVAILABLE)], "41 forces have no population here"


def test_each_force_has_its_own(three_crimes: Counted) -> None:
    assert per_head(three_crimes, "P01", by="force") == [
        Rate(None, NOT_AVAILABLE), Rate(0.5, year=2025), Rate(1.0, year=2024),
    ]  # fmt: skip


def test_what_is_suppressed_stays_so(three_crimes: Counted) -> None:
    assert per_head(three_crimes, "P01", shareable=True, force=("20",)) == [Rate(None, SUPPRESSED)]


def test_at_a_moment_the_period_may_be_any(three_crimes: Counted) -> None:
    assert per_head(three_crimes, "P12", ("2025-12", "2025-12"), force=("20",)) == [Rate(0.5, year=2025)]


@pytest.mark.parametrize(
    ("measure", "period", "by", "chosen"),
    [
        ("P01", ("2025-01", "2025-06"), "", {}),
        ("C01", YEAR, "cps_area", {}),
        ("C01", YEAR, "", {"cps_area": ("Wessex",)}),
        ("T01", YEAR, "", {}),
        ("P04a", YEAR, "", {}),
    ],
)
def test_half_years_cps_areas_courts_and_rates_have_none(
    measure: str, period: tuple[str, str], by: str, chosen: dict[str, tuple[str, ...]]
) -> None:
    assert not told_per_head(Question(measures()[measure], period_of(*period, NOW), chosen, by))
    assert told_per_head(Question(measures()["C01"], period_of(*YEAR, NOW), {"flag": ("rape",)}, "force"))
