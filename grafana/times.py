"""Points in time as Grafana's picker writes them: `now-1y/y`, milliseconds since 1970, ISO 8601."""

import re
from calendar import monthrange
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

_LONDON = ZoneInfo("Europe/London")
_NOW = re.compile(r"now((?:[+-]\d{1,9}[smhdwMy]|/[smhdwMy])*)")
_STEP = re.compile(r"([+-])(\d+)([smhdwMy])|/([smhdwMy])")
_SPANS = {
    "s": timedelta(seconds=1), "m": timedelta(minutes=1), "h": timedelta(hours=1),
    "d": timedelta(days=1), "w": timedelta(weeks=1),
}  # fmt: skip
_FIRST, _LAST = datetime(1970, 1, 2, tzinfo=UTC), datetime(2105, 12, 31, tzinfo=UTC)
"""What ClickHouse's DateTime holds, and nothing near its ends, where zones would leave it."""


class TimeError(ValueError):
    """A text is no point in time, or one that ClickHouse cannot hold."""


def moment(text: str, now: datetime, *, end: bool = False) -> datetime:
    """The point in time. Days, weeks (from Monday), months and years are those of Europe/London, as the boards' zone;
    so is a time without a zone. `/M` goes back to the beginning of the month, or on to its end where the text is the
    `end` of a period."""
    try:
        found = _parsed(text, now, end=end).astimezone(UTC)
    except (ValueError, OverflowError) as error:
        raise TimeError(f"{text!r} is no point in time; write now-1y, now/M, 2026-01-31 or 2026-01-31T10:00") from error
    if not _FIRST <= found <= _LAST:
        raise TimeError(f"{text!r} is not between {_FIRST.year} and {_LAST.year}")
    return found


def _parsed(text: str, now: datetime, *, end: bool) -> datetime:
    if (relative := _NOW.fullmatch(text)) is not None:
        at = now.astimezone(_LONDON)
        for sign, number, unit, rounded in _STEP.findall(relative[1]):
            at = _rounded(at, rounded, end=end) if rounded else _moved(at, int(sign + number), unit)
        return at
    if re.fullmatch(r"[0-9]{1,15}", text):
        return datetime.fromtimestamp(int(text) / 1000, UTC)
    parsed = datetime.fromisoformat(text)
    return parsed if parsed.tzinfo is not None else parsed.replace(tzinfo=_LONDON)


def _moved(at: datetime, number: int, unit: str) -> datetime:
    if unit in "smh":  # time that passes: an hour is an hour, also over a change of the clocks
        return (at.astimezone(UTC) + number * _SPANS[unit]).astimezone(_LONDON)
    if unit in "dw":
        return at + number * _SPANS[unit]
    months = at.year * 12 + at.month - 1 + number * (12 if unit == "y" else 1)
    year, month = months // 12, months % 12 + 1
    return at.replace(year=year, month=month, day=min(at.day, monthrange(year, month)[1]))


def _rounded(at: datetime, unit: str, *, end: bool) -> datetime:
    start = at.replace(microsecond=0)
    if unit != "s":
        start = start.replace(second=0)
    if unit not in "sm":
        start = start.replace(minute=0)
    if unit not in "smh":
        start = start.replace(hour=0)
    if unit == "w":
        start -= timedelta(days=start.weekday())
    elif unit == "M":
        start = start.replace(day=1)
    elif unit == "y":
        start = start.replace(day=1, month=1)
    return _moved(start, 1, unit) - timedelta(milliseconds=1) if end else start
