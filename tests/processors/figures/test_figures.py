"""Rounding, changes and suppression, by the rules that their modules name."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from processors.figures.comparing import change, peers
from processors.figures.rounding import in_a_cell, is_count, rounded, shown
from processors.figures.suppress import LEAST_FOR_RATES, SMALL, hidden


@pytest.mark.parametrize(
    ("value", "unit", "told"),
    [
        (3, "crimes", "3 crimes"), (1, "crimes", "1 crime"), (1, "people", "1 people"),
        (1234567, "crimes", "1,234,567 crimes"),
        (4.25, "per cent", "4.2%"), (4.35, "per cent", "4.4%"), (5.5, "per cent", "6%"), (6.5, "per cent", "6%"),
        (4.96, "per cent", "5.0%"), (0.04, "per cent", "0.0%"), (41.2, "days", "41 days"),
        (2.5, "months", "2.5 months"),
        (1.25, "elapsed days", "30 hours"), (0.1, "elapsed days", "2.4 hours"), (2, "elapsed days", "2.0 days"),
        (36.4, "arrests per 100 crimes", "36 arrests per 100 crimes"),
    ],
)  # fmt: skip
def test_below_5_to_one_decimal_others_to_none_half_to_even(value: float, unit: str, told: str) -> None:
    assert shown(value, unit) == told


def test_what_counts_and_what_measures() -> None:
    assert is_count("crimes")
    assert not any(is_count(unit) for unit in ("per cent", "days", "months", "arrests per 100 crimes"))


def test_in_a_table_a_count_is_a_number_alone() -> None:
    assert [in_a_cell(7, "crimes"), in_a_cell(7, "per cent"), in_a_cell(7, "days")] == ["7", "7%", "7 days"]


@pytest.mark.parametrize("value", [float("nan"), float("inf")])
def test_no_number_is_an_error_that_names_it(value: float) -> None:
    with pytest.raises(ValueError, match="value="):
        rounded(value, "days")


def test_the_change_is_of_exact_figures_and_its_direction_of_the_rounded_change() -> None:
    moved = change(50.44, 50.36, "per cent", "higher_is_better")
    assert moved is not None
    assert (round(moved.change, 2), moved.unit, moved.direction, moved.better) == (
        0.08, "percentage points", "up", True
    )  # fmt: skip
    still = change(50.44, 50.40, "per cent", "higher_is_better")
    assert still is not None
    assert (still.direction, still.better) == ("same", None), "0.04 points are shown as 0.0"


@pytest.mark.parametrize(
    ("polarity", "better"), [("higher_is_better", True), ("lower_is_better", False), ("neutral", None)]
)
def test_better_follows_the_polarity_not_the_direction(polarity: str, better: bool | None) -> None:
    moved = change(120, 100, "crimes", polarity)  # type: ignore[arg-type]
    assert moved is not None
    assert (moved.change, moved.unit, moved.direction, moved.better) == (20.0, "per cent", "up", better)


def test_no_change_from_what_is_missing_or_nought() -> None:
    assert change(None, 3, "days", "neutral") is None
    assert change(3, None, "days", "neutral") is None
    assert change(3, 0, "crimes", "neutral") is None
    assert change(3, 0, "per cent", "neutral") is not None


def test_peers_are_those_with_a_figure() -> None:
    told = peers([10.0, None, 20.0])
    assert told is not None
    assert (told.areas, told.mean, told.lowest, told.highest) == (2, 15.0, 10.0, 20.0)
    assert peers([None]) is None


UNITS = {"victims": "victims", "share": "per cent"}


def test_nought_is_shown_and_1_to_4_are_not() -> None:
    rows = [{"victims": value, "share": 1.0} for value in (0, 4, 3, 5, 100)]
    assert [("victims" in names) for names in hidden(rows, UNITS)] == [False, True, True, False, False]


def test_a_single_hidden_number_takes_the_next_smallest_with_it() -> None:
    rows = [{"victims": value, "share": 1.0} for value in (100, 3, 40, 0)]
    assert ["victims" in names for names in hidden(rows, UNITS)] == [False, True, True, False]


def test_a_row_whose_size_is_hidden_is_hidden_as_a_whole() -> None:
    units = {"victims": "victims", "crimes": "crimes", "share": "per cent"}
    rows = [{"victims": 3, "crimes": 6, "share": 1.0}, {"victims": 20, "crimes": 21, "share": 1.0}]
    rows.append({"victims": 90, "crimes": 95, "share": 1.0})
    assert hidden(rows, units) == [set(units), set(units), set()]


def test_no_rate_on_fewer_than_ten() -> None:
    assert hidden([{"victims": 9, "share": 1.0}], UNITS) == [{"share"}]
    assert hidden([{"victims": 10, "share": 1.0}], UNITS) == [set()]


@given(st.lists(st.integers(0, 30), min_size=2, max_size=8))
def test_a_hidden_number_cannot_be_had_from_the_total(counts: list[int]) -> None:
    rows = [{"victims": count, "share": 1.0} for count in counts]
    names = hidden(rows, UNITS)
    gone = [count for count, hide in zip(counts, names, strict=True) if "victims" in hide]
    assert not any(count in SMALL for count, hide in zip(counts, names, strict=True) if "victims" not in hide)
    assert len(gone) != 1 or sum(count > 0 for count in counts) == 1
    for count, hide in zip(counts, names, strict=True):
        assert count >= LEAST_FOR_RATES or "share" in hide
