"""Periods as a caller writes them, and those that they are compared with. Days and months are of Europe/London."""

import re
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from casestream.errors import UserError
from grafana.macros import Period
from grafana.times import TimeError, moment

_LONDON = ZoneInfo("Europe/London")
_TICK = timedelta(milliseconds=1)
_MONTH, _YEAR = re.compile(r"\d{4}-\d{2}"), re.compile(r"\d{4}")


def period_of(start: str, end: str, now: datetime) -> Period:
    """The period from the beginning of `start` to the end of `end`: a day (2026-01-31), a month (2026-01), a year
    (2026), a moment (2026-01-31T10:00), or relative to now (now-1y/M). UserError for anything else, and for an end
    before its start."""
    found = Period(edge("--from", start, now, end=False), edge("--to", end, now, end=True))
    if found.start > found.end:
        raise UserError(f"--from {start} is after --to {end}: a period begins before it ends")
    return found


def edge(option: str, text: str, now: datetime, *, end: bool) -> datetime:
    """The first moment of what `text` says, or its last. UserError, which names the option, for no point in time."""
    plain = text.strip()
    if _YEAR.fullmatch(plain):
        plain = f"{plain}-12" if end else f"{plain}-01"
    try:
        if _MONTH.fullmatch(plain):
            first = moment(f"{plain}-01", now)
            return _moved(first, 1) - _TICK if end else first
        found = moment(plain, now, end=end)
    except TimeError as error:
        raise UserError(f"{option}: {error}") from None
    if end and re.fullmatch(r"\d{4}-\d{2}-\d{2}", plain):
        return (found.astimezone(_LONDON) + timedelta(days=1)).astimezone(UTC) - _TICK
    return found


def before(period: Period) -> Period:
    """The period of the same length just before: as many months where it is whole months, else as much time."""
    months = _whole_months(period)
    if months:
        return Period(_moved(period.start, -months), period.start - _TICK)
    length = period.end - period.start
    return Period(period.start - _TICK - length, period.start - _TICK)


def year_before(period: Period) -> Period:
    """The same period of the year before."""
    if _whole_months(period):
        return Period(_moved(period.start, -12), _moved(period.end + _TICK, -12) - _TICK)
    return Period(_moved(period.start, -12), _moved(period.end, -12))


def _whole_months(period: Period) -> int:
    """How many months a period is, where it is nothing but whole months; else 0."""
    start, after = period.start.astimezone(_LONDON), (period.end + _TICK).astimezone(_LONDON)
    midnight = all((at.day, at.hour, at.minute, at.second, at.microsecond) == (1, 0, 0, 0, 0) for at in (start, after))
    return (after.year - start.year) * 12 + after.month - start.month if midnight else 0


def _moved(at: datetime, months: int) -> datetime:
    """The same day and clock time of another month in London, or that month's last day."""
    local = at.astimezone(_LONDON)
    count = local.year * 12 + local.month - 1 + months
    year, month = count // 12, count % 12 + 1
    for day in (local.day, 30, 29, 28):
        try:
            return local.replace(year=year, month=month, day=day).astimezone(UTC)
        except ValueError:
            continue
    raise AssertionError("every month has 28 days")


def told(period: Period) -> str:
    """A period for reading: its first and its last day."""
    first, last = (at.astimezone(_LONDON) for at in (period.start, period.end))
    return f"{first:%-d %B %Y} to {last:%-d %B %Y}"
