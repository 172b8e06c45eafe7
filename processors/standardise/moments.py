"""Moments of the contracts -> instants, with how exactly they are known.

In: `2022-05`, `2022-05-12` or `2022-05-12T10:04:00Z` (schemas.values.Moment, already valid). Out: milliseconds or
microseconds since 1970 UTC, and `month`, `day` or `time`. A day or a month is its first midnight in Europe/London.
Days of the contracts become days since 1970. Results are cached: the texts of a case repeat.
"""

from datetime import date, datetime
from functools import lru_cache
from typing import NamedTuple
from zoneinfo import ZoneInfo

LONDON = ZoneInfo("Europe/London")
_EPOCH_DAY = date(1970, 1, 1).toordinal()
_CACHED = 1 << 16


class Instant(NamedTuple):
    """Milliseconds since 1970 UTC, and the precision: `time`, `day` or `month`."""

    ms: int
    precision: str


@lru_cache(_CACHED)
def instant(text: str) -> Instant:
    """The instant of a moment. Raises ValueError for text that is no moment."""
    if len(text) > 10:
        return Instant(_instant_us(text) // 1000, "time")
    return Instant(_midnight(text) * 1000, "day" if len(text) == 10 else "month")


def instant_us(text: str) -> int:
    """Microseconds since 1970 UTC of a moment; digits beyond the sixth are dropped."""
    return _instant_us(text) if len(text) > 10 else instant(text).ms * 1000


@lru_cache(_CACHED)
def london_day(text: str) -> int:
    """The day in Europe/London, since 1970, of a moment or a day; of a month its first day."""
    if len(text) > 10:
        return day_of_ms(_instant_us(text) // 1000)
    return date(int(text[:4]), int(text[5:7]), int(text[8:10] or 1)).toordinal() - _EPOCH_DAY


@lru_cache(_CACHED)
def day_of_ms(ms: int) -> int:
    """The day in Europe/London, since 1970, of milliseconds since 1970 UTC."""
    try:
        return datetime.fromtimestamp(ms // 1000, LONDON).toordinal() - _EPOCH_DAY
    except (ValueError, OverflowError):  # in London it is the year 0 or 10000 already: the first or last day there is
        return (date.min if ms < 0 else date.max).toordinal() - _EPOCH_DAY


@lru_cache(_CACHED)
def ms_of_day(day: int) -> int:
    """Milliseconds since 1970 UTC of the midnight in Europe/London that begins a day since 1970."""
    begins = date.fromordinal(day + _EPOCH_DAY)
    return int(datetime(begins.year, begins.month, begins.day, tzinfo=LONDON).timestamp()) * 1000


def date_of(day: int) -> date:
    """A day since 1970 as a date."""
    return date.fromordinal(day + _EPOCH_DAY)


def _midnight(text: str) -> int:
    begins = datetime(int(text[:4]), int(text[5:7]), int(text[8:10] or 1), tzinfo=LONDON)
    return int(begins.timestamp())


def _instant_us(text: str) -> int:
    """A time with its zone. Python reads at most six fractional digits, the contracts allow nine."""
    point = text.find(".", 16)
    micros = 0
    if point > 0:
        end = point + 1
        while end < len(text) and text[end].isdigit():
            end += 1
        micros = int(text[point + 1 : end][:6].ljust(6, "0"))
        text = text[:point] + text[end:]
    return int(datetime.fromisoformat(text).timestamp()) * 1_000_000 + micros


@lru_cache(1 << 14)
def age_on(born: str, on: int) -> int | None:
    """Whole years on a day since 1970; None before birth."""
    birth, day = date.fromisoformat(born), date_of(on)
    age = day.year - birth.year - ((day.month, day.day) < (birth.month, birth.day))
    return age if age >= 0 else None
