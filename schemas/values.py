"""The value types that contracts share: moments of known precision, identifiers as they are written, vocabularies,
numbers within what they can mean.

A moment is ISO 8601 text and says how exactly it is known: a month (`2022-05`), a day (`2022-05-12`), or a time
with its zone (`2022-05-12T10:04:00Z`). Days and months are those of Europe/London. The text is kept as it came,
so the precision is never lost; `processors.standardise.moments` turns it into an instant.
"""

from typing import Annotated, Any, get_args

from pydantic import BaseModel, ConfigDict, Field, GetCoreSchemaHandler
from pydantic.fields import FieldInfo
from pydantic_core import core_schema

_YEAR = "(?:000[1-9]|00[1-9][0-9]|0[1-9][0-9]{2}|[1-9][0-9]{3})"
_LEAP_YEAR = (
    "(?:[0-9]{2}(?:0[48]|[2468][048]|[13579][26])|(?:0[48]|[2468][048]|[13579][26])00)"  # year 0 is none
)
_MONTH_DAY = (
    "(?:(?:0[13578]|1[02])-(?:0[1-9]|[12][0-9]|3[01])|(?:0[469]|11)-(?:0[1-9]|[12][0-9]|30)"
    "|02-(?:0[1-9]|1[0-9]|2[0-8]))"
)
_DAY = f"(?:{_YEAR}-{_MONTH_DAY}|{_LEAP_YEAR}-02-29)"
_TIME = (
    r"T(?:[01][0-9]|2[0-3]):[0-5][0-9](?::[0-5][0-9](?:\.[0-9]{1,9})?)?(?:Z|[+-](?:[01][0-9]|2[0-3]):?[0-5][0-9])"
)


class _Pattern:
    """Text of one form, and what its sender is told of any other. The check runs in pydantic's core: a function of ours
    would cost more than all else about an event."""

    def __init__(self, pattern: str, rule: str) -> None:
        self._pattern = f"^(?:{pattern})$"
        self._rule = rule

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> core_schema.CoreSchema:
        return core_schema.custom_error_schema(
            core_schema.str_schema(pattern=self._pattern),
            custom_error_type="no_such_date",
            custom_error_message=self._rule,
        )


Moment = Annotated[
    str,
    _Pattern(
        f"{_YEAR}-(?:0[1-9]|1[0-2])|{_DAY}(?:{_TIME})?",
        "must be a month (2022-05), a day (2022-05-12) or a time with its zone (2022-05-12T10:04:00Z)",
    ),
]
"""A month, a day or a time with its zone, ISO 8601."""

Day = Annotated[str, _Pattern(_DAY, "must be a day (2022-05-12)")]
"""A day in Europe/London, ISO 8601."""


def holds_moments(field: FieldInfo) -> bool:
    """Whether a field of a contract holds moments or days, one or several."""
    return any(isinstance(one, _Pattern) for one in (*field.metadata, *_parts(field.annotation)))


def _parts(annotation: Any) -> tuple[Any, ...]:
    inner = (*get_args(annotation), *getattr(annotation, "__metadata__", ()))
    return (*inner, *(part for one in inner for part in _parts(one)))


Text = Annotated[str, Field(max_length=20_000)]
Id = Annotated[str, Field(min_length=1, max_length=200)]
"""An identifier as its owner writes it; standardise makes it canonical and checks it."""

Code = Annotated[str, Field(min_length=1, max_length=40)]
"""A code of the interface's list; an unknown one is kept and counted as a data-quality finding."""

LongCode = Annotated[str, Field(min_length=1, max_length=200)]
"""A code of a list whose codes are whole phrases, such as GUILTY_BUT_OF_ALTERNATIVE_OFFENCE_BY_JURY_CONVICTED."""

SequenceNumber = Annotated[int, Field(ge=0, le=999)]
"""An offence's number within its ASN: three digits (the courts' standard police interface), 000 where it has none."""

OrderIndex = Annotated[int, Field(ge=0, le=2**31 - 1)]
"""Where a system shows an offence among others. Real ones are as large as 634,464,054."""

Headcount = Annotated[int, Field(ge=0, le=1_000_000)]
"""People in one place: a prison, or all of them, which hold less than a tenth of it."""

Minutes = Annotated[int, Field(ge=0, le=1_440)]
"""Minutes of one day."""

Age = Annotated[int, Field(ge=0, le=150)]
"""Whole years; nobody has lived so long."""

Days = Annotated[float, Field(ge=0, le=366_000, allow_inf_nan=False)]
"""A length in days, of at most a thousand years, as 999 years are written where a system means life."""

Pounds = Annotated[float, Field(ge=0, le=1e12, allow_inf_nan=False)]
"""An amount in pounds sterling, of at most a million million."""

Longitude = Annotated[float, Field(ge=-180, le=180, allow_inf_nan=False)]
"""Degrees east of Greenwich (WGS 84)."""

Latitude = Annotated[float, Field(ge=-90, le=90, allow_inf_nan=False)]
"""Degrees north of the equator (WGS 84)."""


class Contract(BaseModel):
    """Base of every contract: immutable, and a field that it does not know is an error, so a misspelling shows."""

    model_config = ConfigDict(frozen=True, extra="forbid", str_strip_whitespace=True)
