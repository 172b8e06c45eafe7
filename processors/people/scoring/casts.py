"""CAST as DuckDB does it: what a value becomes under another type. Raises ValueError or OverflowError for what has no
value there. Years are those of Python, 1 to 9999, where DuckDB has more."""

import math
import re
import struct
from collections.abc import Callable
from datetime import date, datetime, timedelta
from functools import partial
from typing import Any

from sqlglot import exp

_DAY = r"\s*(?P<year>\d+)(?P<mark>[-/\\ ])(?P<month>\d{1,2})(?P=mark)(?P<day>\d{1,2})"
_TIME = r"(?P<hour>\d+):\s*(?P<minute>\d{1,2})(?::\s*(?P<second>\d{1,2})(?:\.(?P<fraction>\d*))?)?"
_ZONE = r"(?:Z|[+-]\d\d(?::?\d\d(?::\d\d)?)?| [A-Za-z0-9_+:/-]+)?\s*"
_DATE = re.compile(rf"{_DAY}\s*", re.ASCII)
_MOMENT = re.compile(rf"{_DAY}(?:(?:T\s*|\s+){_TIME}{_ZONE})?", re.ASCII)
"""A zone is read over, as DuckDB does."""

_BOOLEANS = {
    **dict.fromkeys(("true", "t", "yes", "y", "1"), True), **dict.fromkeys(("false", "f", "no", "n", "0"), False),
}  # fmt: skip
_WHOLE = re.compile(r"[+-]?[0-9_]+")
_PREFIXES = {"0x": 16, "0b": 2}


def text_of(value: object) -> str:
    """CAST(... AS TEXT)."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, datetime):
        text = value.isoformat(" ")
        return text.rstrip("0") if value.microsecond else text
    return str(value)


def date_of(value: object) -> date:
    """CAST(... AS DATE)."""
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    found = _DATE.fullmatch(str(value))
    return _day_of(found) if found is not None else _read_moment(str(value))[0]


def moment_of(value: object) -> datetime:
    """CAST(... AS TIMESTAMP)."""
    if isinstance(value, datetime):
        return value
    if isinstance(value, date):
        return datetime(value.year, value.month, value.day)  # noqa: DTZ001 - SQL's TIMESTAMP has no zone
    day, since = _read_moment(str(value))
    return datetime(day.year, day.month, day.day) + since  # noqa: DTZ001


def _read_moment(text: str) -> tuple[date, timedelta]:
    found = _MOMENT.fullmatch(text)
    if found is None:
        raise ValueError("no timestamp")
    hour, minute, second = (int(found[part] or 0) for part in ("hour", "minute", "second"))
    microsecond = int((found["fraction"] or "").ljust(6, "0")[:6])
    since = timedelta(hours=hour, minutes=minute, seconds=second, microseconds=microsecond)
    if minute > 59 or second > 59 or since > timedelta(hours=24):
        raise ValueError("no time of a day")
    return _day_of(found), since


def _day_of(found: re.Match[str]) -> date:
    return date(int(found["year"]), int(found["month"]), int(found["day"]))


def float_of(value: Any) -> float:
    """CAST(... AS DOUBLE)."""
    if isinstance(value, str) and not value.isascii():
        raise ValueError("digits of another script")
    return float(value)


def single(value: Any) -> float:
    """CAST(... AS FLOAT): 32 bits."""
    found: float = struct.unpack("f", struct.pack("f", float_of(value)))[0]
    return found


def whole_of(bits: int, value: object) -> int:
    """CAST(... AS INTEGER), of so many bits: halves of floats are rounded to the even number, those of texts away from
    zero."""
    found = _whole(value)
    if not -(2 ** (bits - 1)) <= found < 2 ** (bits - 1):
        raise OverflowError
    return found


def _whole(value: object) -> int:
    if isinstance(value, int):
        return int(value)
    if isinstance(value, float):
        return round(value)
    text = str(value).strip()
    if _WHOLE.fullmatch(text):
        return int(text)
    if text[:2] in _PREFIXES:
        return int(text, _PREFIXES[text[:2]])
    number = float_of(text)
    return math.floor(number + 0.5) if number >= 0 else math.ceil(number - 0.5)


def boolean_of(value: object) -> bool:
    """CAST(... AS BOOLEAN)."""
    if not isinstance(value, str):
        return bool(value)
    if value.lower() not in _BOOLEANS:
        raise ValueError("neither true nor false")
    return _BOOLEANS[value.lower()]


CASTS: dict[exp.DType, Callable[[Any], Any]] = {
    **dict.fromkeys((exp.DType.TEXT, exp.DType.VARCHAR, exp.DType.CHAR), text_of),
    exp.DType.DATE: date_of,
    **dict.fromkeys((exp.DType.TIMESTAMP, exp.DType.TIMESTAMPNTZ, exp.DType.DATETIME), moment_of),
    exp.DType.TINYINT: partial(whole_of, 8), exp.DType.SMALLINT: partial(whole_of, 16),
    exp.DType.INT: partial(whole_of, 32), exp.DType.BIGINT: partial(whole_of, 64),
    exp.DType.DOUBLE: float_of, exp.DType.FLOAT: single, exp.DType.BOOLEAN: boolean_of,
}  # fmt: skip
