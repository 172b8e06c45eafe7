"""The scalar and list functions that conditions use, with DuckDB's meaning. None is NULL; a function that is not told
otherwise is never called with one. Arrays are tuples, structs are mappings."""

import math
import re
from collections.abc import Callable, Mapping
from datetime import date, datetime, timedelta
from fractions import Fraction
from functools import lru_cache
from typing import Any

_EPOCH_DAY = date(1970, 1, 1).toordinal()
_MICROSECONDS = 1_000_000
_MONTHS = {"MONTH": 1, "QUARTER": 3, "YEAR": 12}
_SECONDS = {"DAY": 86_400, "HOUR": 3_600, "MINUTE": 60, "SECOND": 1}
DATE_PARTS = frozenset(_MONTHS) | frozenset(_SECONDS)
"""The units in which `date_difference` counts."""

_INFINITE = (math.inf, -math.inf)

Moment = date | datetime


def tried(function: Callable[..., Any]) -> Callable[..., Any]:
    """A function with NULL for what it has no value for. DuckDB stops with an error there, which would be the end of a
    batch; here it would be the end of a worker, for one record."""

    def value(*arguments: object) -> object:
        try:
            return function(*arguments)
        except (ValueError, OverflowError):
            return None

    return value


def substring(text: str, start: int, length: int | None = None) -> str:
    """Characters from a place counted from 1, or from the end when negative; what lies outside is left out."""
    begin = start - 1 if start > 0 else len(text) + start if start < 0 else -1
    end = len(text) if length is None else begin + length
    return text[max(begin, 0) : max(end, 0)]


@lru_cache(maxsize=256)
def _pattern(pattern: str) -> re.Pattern[str]:
    if pattern.endswith("$") and not pattern.endswith("\\$"):
        pattern = pattern[:-1] + r"\Z"  # Python's $ would also match before a last line break
    return re.compile(pattern, re.ASCII)


def regexp_extract(text: str, pattern: str, group: int = 0) -> str:
    """The first match of a pattern, or a group of it; empty where there is none."""
    found = _pattern(pattern).search(text)
    return (found[group] or "") if found is not None else ""


_FIELDS = {"Y": r"(?P<Y>\d{1,4})", "m": r"(?P<m>\d{1,2})", "d": r"(?P<d>\d{1,2})", "H": r"(?P<H>\d{1,2})",
           "M": r"(?P<M>\d{1,2})", "S": r"(?P<S>\d{1,2})",
           "z": r"(?P<z>Z|[+-]\d\d:?\d\d)", "%": "%"}  # fmt: skip


@lru_cache(maxsize=64)
def _time_pattern(layout: str) -> re.Pattern[str] | None:
    parts = re.split(r"%(.)", layout)
    if any(field not in _FIELDS for field in parts[1::2]):
        return None
    text = "".join(_FIELDS[part] if at % 2 else re.escape(part) for at, part in enumerate(parts))
    return re.compile(r"\s*" + text + r"\s*", re.ASCII)


def parse_moment(text: str, layout: str, leading: bool = False) -> datetime | None:
    """A time in a layout of strptime, or None where the text is none. `leading`: whatever comes behind it is read
    over. A zone (%z) is worked into it: UTC."""
    pattern = _time_pattern(layout)
    try:
        if pattern is None:
            return datetime.strptime(text.strip(), layout).replace(tzinfo=None)  # noqa: DTZ007
        found = pattern.match(text) if leading else pattern.fullmatch(text)
        if found is None:
            return None
        told = {"Y": 1900, "m": 1, "d": 1, "H": 0, "M": 0, "S": 0}
        fields = found.groupdict()
        zone = fields.pop("z", None)
        told.update((field, int(value)) for field, value in fields.items())
        year, month, day, hour, minute, second = told.values()
        moment = datetime(year, month, day, hour, minute, second)  # noqa: DTZ001 - SQL's TIMESTAMP has no zone
        return moment - _offset(zone) if zone is not None else moment
    except (ValueError, OverflowError):
        return None


def _offset(zone: str) -> timedelta:
    if zone == "Z":
        return timedelta()
    offset = timedelta(hours=int(zone[1:3]), minutes=int(zone[-2:]))
    return -offset if zone[0] == "-" else offset


def parse_leading(text: str, layout: str) -> datetime | None:
    """A time in a layout of strptime at the beginning of a text, as PostgreSQL reads one."""
    return parse_moment(text, layout, leading=True)


def epoch(moment: Moment) -> float:
    """Seconds since 1970."""
    seconds = (moment.toordinal() - _EPOCH_DAY) * 86_400.0
    if isinstance(moment, datetime):
        seconds += moment.hour * 3_600 + moment.minute * 60 + moment.second + moment.microsecond / _MICROSECONDS
    return seconds


def date_difference(part: str, start: Moment, end: Moment) -> int:
    """How many borders of a part of time (see DATE_PARTS) lie between two moments, as DuckDB's date_diff counts."""
    months = _MONTHS.get(part)
    if months is not None:
        return (end.year * 12 + end.month - 1) // months - (start.year * 12 + start.month - 1) // months
    seconds = _SECONDS[part]
    return math.floor(epoch(end) // seconds) - math.floor(epoch(start) // seconds)


def difference(left: object, right: object) -> object:
    """left - right: of numbers, days between two dates, or a date some days earlier."""
    if type(left) is date:
        return left - timedelta(right) if isinstance(right, int) else (left - right).days  # type: ignore[operator]
    return left - right  # type: ignore[operator]


def total(left: object, right: object) -> object:
    """left + right: of numbers, or a date some days later."""
    if type(left) is date and isinstance(right, int):
        return left + timedelta(right)
    if type(right) is date and isinstance(left, int):
        return right + timedelta(left)
    return left + right  # type: ignore[operator]


def same(left: object, right: object) -> bool:
    """left = right: NaN is equal to itself."""
    return left == right or (left != left and right != right)


def rank(value: Any) -> tuple[bool, Any]:
    """The order of values: NaN is the greatest number."""
    return value != value, value


def divide(left: float, right: float) -> float:
    """left / right, infinite or NaN over zero."""
    if right:
        return left / right
    if left == 0 or left != left:
        return math.nan
    return math.copysign(math.inf, left) * math.copysign(1.0, right)


def quotient(left: float, right: float) -> float | None:
    """left / right as PostgreSQL and SQLite divide: a whole number of whole numbers, NULL over zero."""
    if not right:
        return None
    whole = isinstance(left, int) and isinstance(right, int)
    return math.trunc(Fraction(left) / Fraction(right)) if whole else left / right


def modulo(left: float, right: float) -> float | None:
    """The rest of a division, with the sign of the left; over zero NULL of whole numbers, NaN of others."""
    whole = isinstance(left, int) and isinstance(right, int)
    if not right or left in _INFINITE:
        return None if whole else math.nan
    rest = math.fmod(left, right)
    return int(rest) if whole else rest


def floor(value: float) -> float:
    """The whole number below."""
    return float(math.floor(value)) if math.isfinite(value) else value


def sqrt(value: float) -> float:
    """The square root; NaN of what is below zero."""
    return math.sqrt(value) if not value < 0 else math.nan


def sin(value: float) -> float:
    """Of radians; NaN of the infinite."""
    return math.sin(value) if value not in _INFINITE else math.nan


def cos(value: float) -> float:
    """Of radians; NaN of the infinite."""
    return math.cos(value) if value not in _INFINITE else math.nan


def acos(value: float) -> float:
    """In radians; NaN outside -1 to 1."""
    return math.acos(value) if -1 <= value <= 1 else math.nan


def cosine(left: tuple[float, ...], right: tuple[float, ...]) -> float:
    """Cosine of the angle between two vectors of one length, -1 to 1; NaN for a vector of zeros. Raises ValueError for
    vectors that cannot be compared."""
    if None in left or None in right:
        raise ValueError("cosine of a vector with NULL")
    dot = norm_left = norm_right = 0.0
    for one, other in zip(left, right, strict=True):
        dot += one * other
        norm_left += one * one
        norm_right += other * other
    product = math.sqrt(norm_left * norm_right)
    return max(-1.0, min(dot / product, 1.0)) if product else math.nan


def intersect(left: tuple[object, ...], right: tuple[object, ...]) -> tuple[object, ...]:
    """What two arrays have in common, each once, NULL never."""
    return tuple(dict.fromkeys(value for value in left if value is not None and value in right))


def distinct(values: tuple[object, ...]) -> tuple[object, ...]:
    """Each value once, NULL never."""
    return tuple(dict.fromkeys(value for value in values if value is not None))


def flatten(arrays: tuple[tuple[object, ...] | None, ...]) -> tuple[object, ...]:
    """An array of arrays as one."""
    return tuple(value for array in arrays if array is not None for value in array)


def field(value: Mapping[str, object], name: str) -> object:
    """A field of a struct."""
    return value[name]


def element(values: tuple[object, ...], at: int) -> object:
    """An element counted from 0, or from the end when negative; NULL outside."""
    return values[at] if -len(values) <= at < len(values) else None


def lower(text: str) -> str:
    """Small letters, one for one."""
    return text.lower() if text.isascii() else "".join(character.lower()[0] for character in text)


def upper(text: str) -> str:
    """Capitals, one for one."""
    if text.isascii():
        return text.upper()
    raised = ((character, character.upper()) for character in text)
    return "".join("ẞ" if old == "ß" else new if len(new) == 1 else old for old, new in raised)
