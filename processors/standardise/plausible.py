"""Moments that cannot be true: written by a machine that was not told any (0001-01-01, 9999-12-31), or mistyped.

In a record's data they are a finding, and the record is kept as it is: the rest of it may be right. The event's own
`time` is another matter. It orders the states of its record, and one in the year 9999 would win for good over every
state that comes after it; so such an event is rejected, for its sender to mend (decisions, section 2: never the clock
of the machine, so nothing here asks what year it is).
"""

import re
from collections.abc import Iterator
from functools import cache

from pydantic import BaseModel

from schemas.values import holds_moments

RULE = "implausible-date"
TIME_RULE = "implausible-time"
FIRST_YEAR, LAST_YEAR = "1900", "2100"
"""Of moments in data: births of the living and dates of sentences without an end lie between them."""

FIRST_TIME, LAST_TIME = "1970", "2100"
"""Of an event's own time: no agency's system is older."""

_SUSPECT = re.compile(rb'"(?:0\d|1[0-8]|2[1-9]|[3-9]\d)\d\d-(?:0[1-9]|1[0-2])[-"]')
"""Text in a record's JSON that begins as an implausible moment does. Few records hold any: only those are looked at."""


def plausible_time(time: str) -> bool:
    """Whether an event's own time can be one."""
    return FIRST_TIME <= time[:4] <= LAST_TIME


def implausible(data: BaseModel, body: bytes) -> Iterator[tuple[str, str]]:
    """The moments of a record before 1900 or after 2100: their path and value. `body`: the record as JSON."""
    return _walk(data, "data") if _SUSPECT.search(body) else iter(())


def _walk(data: BaseModel, path: str) -> Iterator[tuple[str, str]]:
    moments = _moments(type(data))
    for name in data.model_fields_set:
        yield from _look(getattr(data, name), f"{path}.{name}", name in moments)


def _look(value: object, path: str, moment: bool) -> Iterator[tuple[str, str]]:
    if isinstance(value, BaseModel):
        yield from _walk(value, path)
    elif isinstance(value, tuple):
        for number, item in enumerate(value):
            yield from _look(item, f"{path}.{number}", moment)
    elif moment and isinstance(value, str) and not FIRST_YEAR <= value[:4] <= LAST_YEAR:
        yield path, value


@cache
def _moments(model: type[BaseModel]) -> frozenset[str]:
    return frozenset(name for name, field in model.model_fields.items() if holds_moments(field))
