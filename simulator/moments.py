"""Times inside the simulator are whole seconds since 1970 UTC; here they become the texts of the contracts."""

from functools import lru_cache
from time import gmtime

DAY = 86_400
HOUR = 3_600
_MINUTES = tuple(f"T{hour:02d}:{minute:02d}" for hour in range(24) for minute in range(60))
_SECONDS = tuple(f":{second:02d}Z" for second in range(60))


@lru_cache(maxsize=40_000)
def _day(number: int) -> str:
    at = gmtime(number * DAY)
    return f"{at.tm_year:04d}-{at.tm_mon:02d}-{at.tm_mday:02d}"


def day(seconds: int) -> str:
    """The day, `2024-05-01`. For times of the working day, when UTC and London have the same date."""
    return _day(seconds // DAY)


def iso(seconds: int) -> str:
    """The time in UTC, `2024-05-01T10:00:00Z`."""
    number, rest = divmod(seconds, DAY)
    return _day(number) + _MINUTES[rest // 60] + _SECONDS[rest % 60]


def year(seconds: int) -> int:
    """The calendar year."""
    return int(_day(seconds // DAY)[:4])


def sitting(seconds: int) -> int:
    """Ten o'clock of the first weekday after a time: when a court sits."""
    number = seconds // DAY + 1
    weekday = (number + 3) % 7
    if weekday > 4:
        number += 7 - weekday
    return number * DAY + 10 * HOUR
