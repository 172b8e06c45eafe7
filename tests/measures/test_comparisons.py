"""A figure beside earlier periods and other forces, counted by hand."""

import pytest

from casestream.measuring import Comparisons, Question, answer, by_month, compare
from casestream.periods import period_of
from clickhouse.measures import measures
from tests.builders import crime
from tests.measures.counted import NOW, Counted, outcome

pytestmark = pytest.mark.integration


def told(counted: Counted, measure: str, start: str, end: str, **chosen: str) -> list[Comparisons]:
    narrowed = {name: (value,) for name, value in chosen.items()}
    question = Question(measures()[measure], period_of(start, end, NOW), narrowed)
    return compare(counted.store, question, answer(counted.store, question))


def crimes(counted: Counted, force: str, month: str, charged: int, closed: int) -> None:
    """`closed` crimes of a force with an outcome in a month, `charged` of them charged."""
    for number in range(closed):
        ref = f"{force}{month}{number}"
        kind = "1" if number < charged else "18"
        counted.case(
            crime(ref, f"{month}-02T09:00:00Z", force=force), outcome(ref, kind, f"{month}-05", force=force), name=ref
        )


def test_the_period_before_the_year_before_and_other_forces(counted: Counted) -> None:
    crimes(counted, "20", "2025-06", 2, 4)
    crimes(counted, "20", "2025-05", 1, 4)
    crimes(counted, "20", "2024-06", 3, 4)
    crimes(counted, "46", "2025-06", 1, 1)
    crimes(counted, "47", "2025-06", 1, 5)
    (one,) = told(counted, "P04a", "2025-06", "2025-06", force="20")
    assert one.previous.value == 25.0
    assert one.previous.change is not None
    assert (one.previous.change.change, one.previous.change.unit, one.previous.change.better) == (
        25.0, "percentage points", True
    )  # fmt: skip
    assert one.year_before.value == 75.0
    assert one.year_before.change is not None
    assert (one.year_before.change.direction, one.year_before.change.better) == ("down", False)
    assert one.peers is not None
    assert (one.peers.areas, one.peers.lowest, one.peers.highest, one.peers.mean) == (2, 20.0, 100.0, 60.0)


def test_a_period_without_a_figure_gives_no_change(counted: Counted) -> None:
    crimes(counted, "20", "2025-06", 2, 4)
    (one,) = told(counted, "P04a", "2025-06", "2025-06")
    assert (one.previous.value, one.previous.change, one.peers) == (None, None, None)


def test_each_part_of_a_mix_is_compared_with_the_same_part(counted: Counted) -> None:
    crimes(counted, "20", "2025-06", 2, 4)
    crimes(counted, "20", "2025-05", 1, 4)
    crimes(counted, "46", "2025-06", 0, 3)
    charged, unsolved = told(counted, "P03", "2025-06", "2025-06", force="20")
    assert (charged.previous.value, unsolved.previous.value) == (25.0, 75.0)
    assert charged.peers is None, "the other force charged nobody"
    assert unsolved.peers is not None
    assert unsolved.peers.mean == 100.0


def test_by_month_of_london_with_months_that_have_none(counted: Counted) -> None:
    crimes(counted, "20", "2025-03", 1, 1)
    crimes(counted, "20", "2025-04", 1, 2)
    crimes(counted, "20", "2025-07", 0, 1)
    found = by_month(counted.store, Question(measures()["P04a"], period_of("2025", "2025", NOW)))
    rates = {f"{month:%m}": (one.values["rate"], one.values["n"]) for month, one in found}
    assert rates == {"04": (50.0, 2), "05": (None, 0), "06": (None, 0)}, "months at the edge of the data are left out"
