"""The form of moments and days: judged in pydantic's core, so every corner is tried here."""

import calendar
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter, ValidationError

from schemas.values import Day, Moment

MOMENT = TypeAdapter[str](Moment)
DAY = TypeAdapter[str](Day)


def accepted(kind: TypeAdapter[str], text: object) -> bool:
    try:
        kind.validate_python(text)
    except ValidationError:
        return False
    return True


@given(st.integers(0, 9999), st.integers(0, 13), st.integers(0, 32))
def test_a_day_is_one_of_the_calendar(year: int, month: int, day: int) -> None:
    try:
        date(year, month, day)
        exists = True
    except ValueError:
        exists = False
    text = f"{year:04}-{month:02}-{day:02}"
    assert accepted(DAY, text) is exists
    assert accepted(MOMENT, text) is exists


def test_every_leap_day_of_the_calendar_and_no_other() -> None:
    assert [year for year in range(1, 10_000) if accepted(DAY, f"{year:04}-02-29") is not calendar.isleap(year)] == []


@pytest.mark.parametrize("text", [
    "2022-05", "2022-05-12", "2022-05-12T10:04Z", "2022-05-12T10:04:00+01:00", "2022-05-12T10:04:00.123456789+0100",
])  # fmt: skip
def test_a_moment_is_a_month_a_day_or_a_time_with_its_zone(text: str) -> None:
    assert accepted(MOMENT, text)


@pytest.mark.parametrize("text", [
    "2022", "2022-13", "2022-05-12T10:04:00", "2022-05-12T24:04:00Z", "2022-05-12T10:04:60Z", "x2022-05-12",
    "2022-05-12T10:04:00Zx", "2022-05-12\n2022", "٢٠٢٢-05", 202205, None,
])  # fmt: skip
def test_anything_else_is_none_and_the_sender_is_told_the_form(text: object) -> None:
    with pytest.raises(ValidationError, match="must be a month"):
        MOMENT.validate_python(text)
