"""Periods, and those that they are compared with."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casestream.errors import UserError
from casestream.periods import before, period_of, told, year_before
from grafana.macros import Period

NOW = datetime(2026, 5, 20, 12, tzinfo=UTC)


def utc(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    ("start", "end", "first", "last"),
    [
        ("2025-01-31", "2025-01-31", "2025-01-31T00:00:00", "2025-01-31T23:59:59.999"),
        ("2025", "2025", "2025-01-01T00:00:00", "2025-12-31T23:59:59.999"),
        ("2025-06", "2025-07", "2025-05-31T23:00:00", "2025-07-31T22:59:59.999"),  # summer time
        ("2025-03-30", "2025-03-30", "2025-03-30T00:00:00", "2025-03-30T22:59:59.999"),  # the clocks go forward
        ("now-1M/M", "now-1M/M", "2026-03-31T23:00:00", "2026-04-30T22:59:59.999"),
    ],
)
def test_a_period_has_its_last_day_and_days_are_londons(start: str, end: str, first: str, last: str) -> None:
    assert period_of(start, end, NOW) == Period(utc(first), utc(last))


@pytest.mark.parametrize(("start", "end"), [("2026", "2025"), ("yesterday", "now"), ("2025-13", "now")])
def test_what_is_no_period_is_named(start: str, end: str) -> None:
    with pytest.raises(UserError, match=start):
        period_of(start, end, NOW)


def test_whole_months_are_compared_with_as_many_months() -> None:
    quarter = period_of("2025-04", "2025-06", NOW)
    assert before(quarter) == period_of("2025-01", "2025-03", NOW)
    assert year_before(quarter) == period_of("2024-04", "2024-06", NOW)
    assert year_before(period_of("2025-02", "2025-02", NOW)) == period_of("2024-02", "2024-02", NOW), "29 days"


def test_other_periods_are_compared_with_as_much_time() -> None:
    week = period_of("2025-05-12", "2025-05-18", NOW)
    assert before(week) == period_of("2025-05-05", "2025-05-11", NOW)
    assert year_before(period_of("2024-02-29", "2024-02-29", NOW)).start == utc("2023-02-28T00:00:00")


@given(st.dates(date(1990, 1, 1), date(2090, 1, 1)), st.integers(0, 800))
def test_the_period_before_ends_where_the_period_begins(first: date, days: int) -> None:
    period = period_of(first.isoformat(), (first + timedelta(days=days)).isoformat(), NOW)
    earlier = before(period)
    assert earlier.end + timedelta(milliseconds=1) == period.start
    assert earlier.start < earlier.end
    assert year_before(period).end < period.end


def test_in_words() -> None:
    assert told(period_of("2025-03", "2025-03", NOW)) == "1 March 2025 to 31 March 2025"
