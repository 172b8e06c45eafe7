"""Single values of SPI messages, held to what the schema of the interface (CPP-StdProsPoliceCase 0.6g) demands."""

import re
from datetime import datetime

from processors.adapters.refuse import UnreadableError
from processors.adapters.times import LONDON, moment
from processors.adapters.xml import Element, value

_DAY_WITH_ZONE = re.compile(r"(\d{4}-\d{2}-\d{2})(?:Z|[+-]\d{2}:\d{2})\Z", re.ASCII)
_ANY_DAY = "2000-01-01"


def allowed(element: Element | None, longest: int, *path: str) -> str | None:
    """A value that need not be there, but is no longer than the interface allows. Raises UnreadableError."""
    found = value(element, *path)
    if found is not None and len(found) > longest:
        raise UnreadableError("too-long", path[-1], found, f"{path[-1]} may have {longest} characters")
    return found


def demanded(element: Element | None, longest: int, *path: str) -> str:
    """A value that must be there and no longer than the interface allows. Raises UnreadableError."""
    found = allowed(element, longest, *path)
    if found is None:
        raise UnreadableError("missing-field", path[-1], None, f"the message has no {path[-1]}")
    return found


def sequence_number(offence: Element | None) -> str | None:
    """The offence's number within the ASN: 0 to 999."""
    found = value(offence, "OffenceSequenceNumber")
    if found is not None and not (found.isascii() and found.isdigit() and len(found.lstrip("0")) <= 3):
        raise UnreadableError("invalid-sequence", "OffenceSequenceNumber", found, "a number from 0 to 999")
    return found


def day_in(element: Element | None, *path: str) -> str | None:
    """A day. The interface's type for days (xs:date) allows a zone behind it (`2024-05-01+01:00`): the day is the one
    that is written. What is no day comes back as it is, for the contract to refuse."""
    written = value(element, *path)
    found = _DAY_WITH_ZONE.match(written) if written else None
    return found[1] if found else written


def timed(on_day: str | None, clock: str | None, field: str) -> str | None:
    """The moment of a day and a time of day; None where one of them is missing, or the day is none, which the contract
    refuses. Raises UnreadableError, rule `invalid-time`, for a `clock` (of that field) that is no time of day: left
    out, the hearing or offence would be one of which nobody told the time."""
    if clock is not None and moment(f"{_ANY_DAY}T{clock}") is None:
        raise UnreadableError("invalid-time", field, clock, "must be a time of day (09:00:00)")
    return moment(f"{on_day}T{clock}") if on_day and clock else None


def london_clock(on_day: str | None, clock: str | None, field: str) -> str | None:
    """`09:00:00.0000000-00:00` on a day -> HH:MM in Europe/London; a time without zone is that of London already.
    Raises as `timed` does."""
    known = timed(on_day, clock, field)
    return datetime.fromisoformat(known).astimezone(LONDON).strftime("%H:%M") if known else None


def point(element: Element | None, day_name: str, clock_name: str) -> str | None:
    """A day, or with its time a moment. A day that is none comes back as it is, for the contract to refuse. Raises as
    `timed` does."""
    on_day = day_in(element, day_name)
    return timed(on_day, value(element, clock_name), clock_name) or on_day
