"""Moments: a day begins at midnight in London, and the precision is never lost."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from processors.standardise.moments import date_of, day_of_ms, instant, instant_us, london_day, ms_of_day

LONDON = ZoneInfo("Europe/London")
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
DAYS = st.dates(date(1900, 1, 1), date(2199, 12, 31))
TIMES = st.dates(date(1901, 1, 1), date(2199, 12, 30)).flatmap(
    lambda day: st.times(timezones=st.just(UTC)).map(lambda time: datetime.combine(day, time))
)


def ms(*parts: int) -> int:
    return (datetime(*parts, tzinfo=UTC) - EPOCH) // timedelta(milliseconds=1)  # type: ignore[misc,arg-type]


@pytest.mark.parametrize(
    ("text", "expected", "precision"),
    [
        ("2022-01-12", ms(2022, 1, 12), "day"),
        ("2022-05-12", ms(2022, 5, 11, 23), "day"),  # summer time: London is an hour ahead
        ("2022-03-27", ms(2022, 3, 27), "day"),  # the clocks go forward at one in the morning
        ("2022-03-28", ms(2022, 3, 27, 23), "day"),
        ("2022-10-30", ms(2022, 10, 29, 23), "day"),  # and back: the day begins in summer time
        ("2022-10-31", ms(2022, 10, 31), "day"),
        ("2024-02-29", ms(2024, 2, 29), "day"),
        ("2022-05", ms(2022, 4, 30, 23), "month"),
        ("2022-05-12T10:04Z", ms(2022, 5, 12, 10, 4), "time"),
        ("2022-05-12T10:04:00+0100", ms(2022, 5, 12, 9, 4), "time"),
        ("2022-05-12T10:04:05.123456789+01:00", ms(2022, 5, 12, 9, 4, 5) + 123, "time"),
        ("1969-12-31T23:59:59.999Z", -1, "time"),
    ],
)
def test_moments_by_hand(text: str, expected: int, precision: str) -> None:
    assert instant(text) == (expected, precision)


@given(TIMES)
def test_a_time_keeps_its_microseconds(at: datetime) -> None:
    assert instant_us(at.isoformat()) == (at - EPOCH) // timedelta(microseconds=1)


@given(TIMES, st.integers(-14 * 60, 14 * 60))
def test_the_zone_in_which_a_time_is_written_changes_nothing(at: datetime, minutes: int) -> None:
    hours, rest = divmod(abs(minutes), 60)
    local = (at.replace(tzinfo=None) + timedelta(minutes=minutes)).isoformat()
    assert instant_us(f"{local}{'+' if minutes >= 0 else '-'}{hours:02}:{rest:02}") == instant_us(at.isoformat())


@given(DAYS)
def test_a_day_there_and_back(day: date) -> None:
    number = london_day(day.isoformat())
    assert date_of(number) == day
    assert ms_of_day(number) == instant(day.isoformat()).ms
    assert day_of_ms(ms_of_day(number)) == number
    assert day_of_ms(ms_of_day(number) - 1) == number - 1


@given(TIMES)
def test_the_day_of_a_time_is_the_day_in_london(at: datetime) -> None:
    assert date_of(london_day(at.isoformat())) == at.astimezone(LONDON).date()


@pytest.mark.parametrize("text", ["0001-01-01T00:00:00Z", "0001-01-01T00:00:00+14:00"])
def test_a_day_before_the_first_in_london_is_the_first(text: str) -> None:
    assert date_of(london_day(text)) == date.min


def test_a_day_after_the_last_in_london_is_the_last() -> None:
    assert date_of(london_day("9999-12-31T23:59:59-14:00")) == date.max
