"""The value types that contracts share: moments of known precision, identifiers as they are written, vocabularies.

A moment is ISO 8601 text and says how exactly it is known: a month (`2022-05`), a day (`2022-05-12`), or a time
with its zone (`2022-05-12T10:04:00Z`). Days and months are those of Europe/London. The text is kept as it came,
so the precision is never lost; `processors.standardise.moments` turns it into an instant.
"""

import re
from typing import Annotated

from pydantic import AfterValidator, BaseModel, ConfigDict, Field

_MOMENT = re.compile(
    r"\d{4}-(0[1-9]|1[0-2])"
    r"(-(0[1-9]|[12]\d|3[01])"
    r"(T([01]\d|2[0-3]):[0-5]\d(:[0-5]\d(\.\d{1,9})?)?(Z|[+-]([01]\d|2[0-3]):?[0-5]\d))?)?\Z"
)
_DAY = re.compile(r"\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])\Z")
_DAYS_IN_MONTH = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)


def _real_day(value: str) -> bool:
    month, day = int(value[5:7]), int(value[8:10])
    if day > _DAYS_IN_MONTH[month - 1]:
        return False
    if month == 2 and day == 29:
        year = int(value[:4])
        return year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)
    return True


def _check_moment(value: str) -> str:
    if not _MOMENT.match(value) or (len(value) >= 10 and not _real_day(value)):
        raise ValueError("must be a month (2022-05), a day (2022-05-12) or a time with its zone (2022-05-12T10:04:00Z)")
    return value


def _check_day(value: str) -> str:
    if not _DAY.match(value) or not _real_day(value):
        raise ValueError("must be a day (2022-05-12)")
    return value


Moment = Annotated[str, AfterValidator(_check_moment)]
"""A month, a day or a time with its zone, ISO 8601."""

Day = Annotated[str, AfterValidator(_check_day)]
"""A day in Europe/London, ISO 8601."""

Text = Annotated[str, Field(max_length=20_000)]
Id = Annotated[str, Field(min_length=1, max_length=200)]
"""An identifier as its owner writes it; standardise makes it canonical and checks it."""

Code = Annotated[str, Field(min_length=1, max_length=40)]
"""A code of the interface's list; an unknown one is kept and counted as a data-quality finding."""


class Contract(BaseModel):
    """Base of every contract: immutable, and a field that it does not know is an error, so a misspelling shows."""

    model_config = ConfigDict(frozen=True, extra="forbid", str_strip_whitespace=True)
