"""Days and times as whole numbers: seconds since 1970 UTC, days since 1970 in Europe/London, and their texts.

London's clock is a rule of two Sundays here, not a zone file, so that every platform writes the same bytes.
"""

from datetime import date

DAY = 86_400
HOUR = 3_600
MINUTE = 60
_EPOCH = date(1970, 1, 1).toordinal()
_texts: dict[int, str] = {}
_offsets: dict[int, int] = {}
_clock = [f"{hour:02}:{minute:02}:" for hour in range(24) for minute in range(60)]
_seconds = [f"{second:02}Z" for second in range(60)]


def number(day: date) -> int:
    """The number of a day."""
    return day.toordinal() - _EPOCH


def text(day: int) -> str:
    """A day: 2025-05-12."""
    found = _texts.get(day)
    if found is None:
        found = _texts[day] = date.fromordinal(day + _EPOCH).isoformat()
    return found


def _offset(day: int) -> int:
    """Seconds that London is ahead of UTC on a day: an hour from the last Sunday in March to that of October."""
    found = _offsets.get(day)
    if found is None:
        on = date.fromordinal(day + _EPOCH)
        first, last = (_last_sunday(on.year, month) for month in (3, 10))
        found = _offsets[day] = HOUR if first <= day < last else 0
    return found


def _last_sunday(year: int, month: int) -> int:
    last = number(date(year, month, 31))
    return last - (last + 4) % 7


def at(day: int, seconds: int) -> int:
    """A moment by London's clock: so many seconds after its midnight."""
    return day * DAY + seconds - _offset(day)


def day_of(moment: int) -> int:
    """The day of a moment in London."""
    return (moment + _offset(moment // DAY)) // DAY


def weekday(day: int) -> int:
    """Monday is 0, Sunday 6."""
    return (day + 3) % 7


def sitting(day: int) -> int:
    """The first day of Monday to Friday from a day on."""
    over = (day + 3) % 7
    return day + 7 - over if over > 4 else day


def moment(seconds: int) -> str:
    """A moment: 2025-05-12T10:04:00Z."""
    day, rest = divmod(seconds, DAY)
    minutes, rest = divmod(rest, 60)
    return f"{_texts.get(day) or text(day)}T{_clock[minutes]}{_seconds[rest]}"


def day_text(seconds: int) -> str:
    """The London day of a moment: 2025-05-12."""
    return text(day_of(seconds))


def age(born: int, on: int) -> int:
    """Whole years between two days, near enough for a made-up person."""
    return int((on - born) * 4 // 1461)
