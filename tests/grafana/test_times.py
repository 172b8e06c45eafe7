"""Points in time as Grafana's picker writes them."""

from datetime import UTC, datetime

import pytest

from grafana.times import TimeError, moment

NOW = datetime(2025, 6, 11, 12, 34, 56, 789_000, tzinfo=UTC)  # a Wednesday, in summer time


def told(text: str, *, end: bool = False) -> str:
    return moment(text, NOW, end=end).isoformat(timespec="seconds").removesuffix("+00:00")


@pytest.mark.parametrize(
    ("text", "start"),
    [
        ("now", "2025-06-11T12:34:56"),
        ("now-90s", "2025-06-11T12:33:26"),
        ("now-1d", "2025-06-10T12:34:56"),
        ("now+2h", "2025-06-11T14:34:56"),
        ("now-1y", "2024-06-11T12:34:56"),
        ("now-4M", "2025-02-11T13:34:56"),  # the same time of the day, in winter time
        ("1735689600000", "2025-01-01T00:00:00"),
        ("2025-06-01T00:00", "2025-05-31T23:00:00"),
        ("2025-06-01T00:00:00.000Z", "2025-06-01T00:00:00"),
    ],
)
def test_now_and_a_span_milliseconds_and_iso(text: str, start: str) -> None:
    assert told(text) == told(text, end=True) == start


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("now/s", "2025-06-11T12:34:56", "2025-06-11T12:34:56"),
        ("now/m", "2025-06-11T12:34:00", "2025-06-11T12:34:59"),
        ("now/h", "2025-06-11T12:00:00", "2025-06-11T12:59:59"),
        ("now/d", "2025-06-10T23:00:00", "2025-06-11T22:59:59"),
        ("now/w", "2025-06-08T23:00:00", "2025-06-15T22:59:59"),
        ("now/M", "2025-05-31T23:00:00", "2025-06-30T22:59:59"),
        ("now/y", "2025-01-01T00:00:00", "2025-12-31T23:59:59"),
        ("now-1y/y", "2024-01-01T00:00:00", "2024-12-31T23:59:59"),
        ("now-1d/d", "2025-06-09T23:00:00", "2025-06-10T22:59:59"),
        ("now-1M/M", "2025-04-30T23:00:00", "2025-05-31T22:59:59"),
        ("now/M-1M", "2025-04-30T23:00:00", "2025-05-30T22:59:59"),
        ("now-1y/y+3M", "2024-03-31T23:00:00", "2025-03-31T22:59:59"),
    ],
)
def test_a_rounding_goes_to_the_beginning_and_for_an_end_to_the_end(text: str, start: str, end: str) -> None:
    assert told(text) == start
    assert told(text, end=True) == end


def test_the_last_day_of_a_month_stays_within_the_month_before() -> None:
    last = datetime(2024, 3, 31, 12, tzinfo=UTC)
    assert moment("now-1M", last).date().isoformat() == "2024-02-29"
    assert moment("now-13M", last).date().isoformat() == "2023-02-28"


@pytest.mark.parametrize(
    "text",
    ["yesterday", "", "now/", "now-1", "now-1q", "now/2d", "now-1d/d; DROP", "2025-13-01", "now-999999999y",
     "0001-01-01", "9999-12-31", "999999999999999", "²"],
)  # fmt: skip
def test_what_is_no_point_in_time_is_an_error(text: str) -> None:
    with pytest.raises(TimeError):
        moment(text, NOW)
