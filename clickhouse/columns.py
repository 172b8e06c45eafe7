"""Columns of Python values -> an Arrow table of the types that ClickHouse's columns have.

Instants may be given as datetimes or as integers in the column's own unit (milliseconds for DateTime64(3),
microseconds for DateTime64(6)); days as dates or as days since 1970. What lies beyond a type's range is put at its end.
"""

import re
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from clickhouse.errors import UnfitValueError

_PLAIN: dict[str, Any] = {
    "String": pa.binary(), "UInt8": pa.uint8(), "UInt16": pa.uint16(), "UInt32": pa.uint32(), "UInt64": pa.uint64(),
    "Int8": pa.int8(), "Int16": pa.int16(), "Int32": pa.int32(), "Int64": pa.int64(), "Float32": pa.float32(),
    "Float64": pa.float64(), "Bool": pa.bool_(), "Date": pa.date32(), "Date32": pa.date32(),
}  # fmt: skip
_UNITS = {"0": "s", "3": "ms", "6": "us", "9": "ns"}
_DATETIME64 = re.compile(r"DateTime64\((\d)(?:, *'([^']+)')?\)")


def arrow_type(clickhouse_type: str) -> Any:
    """The Arrow type in which a column of a ClickHouse type is inserted."""
    inner = clickhouse_type
    for wrapper in ("Nullable(", "LowCardinality("):
        while inner.startswith(wrapper):
            inner = inner[len(wrapper) : -1]
    if inner.startswith("Array("):
        return pa.list_(arrow_type(inner[6:-1]))
    found = _DATETIME64.fullmatch(inner)
    if found is not None:
        return pa.timestamp(_UNITS[found.group(1)], tz=found.group(2) or "UTC")
    if inner.startswith("DateTime"):
        return pa.timestamp("s", tz="UTC")
    if inner not in _PLAIN:
        raise TypeError(f"no Arrow type for a column of type {clickhouse_type}")
    return _PLAIN[inner]


_FIRST_DAY, _LAST_DAY = (date(1900, 1, 1), date(2299, 12, 31))
_EPOCH = date(1970, 1, 1)
_DAY_SECONDS = 86_400
_PER_SECOND = {"s": 1, "ms": 10**3, "us": 10**6, "ns": 10**9}
_INT64 = 2**63 - 1


def _range(clickhouse_type: str, wanted: Any) -> tuple[int, int]:
    """The first and last value, in the column's own unit, that ClickHouse's type holds."""
    first, last = (_FIRST_DAY - _EPOCH).days, (_LAST_DAY - _EPOCH).days
    if pa.types.is_date32(wanted):
        return (first, last) if "Date32" in clickhouse_type else (0, 2**16 - 1)
    if "DateTime64" not in clickhouse_type:
        return 0, 2**32 - 1
    unit = _PER_SECOND[wanted.unit]
    return first * _DAY_SECONDS * unit, min((last + 1) * _DAY_SECONDS * unit - 1, _INT64)


def _held(numbers: Any, first: int, last: int) -> Any:
    """The numbers within a column's range, those beyond it at its end. An agency may write any year (0001-01-01 for
    none), and ClickHouse refuses the whole insert for one such value: repeated for ever, it would stop the worker. The
    record's body keeps what was written, and standardise has counted it."""
    ends = pc.min_max(numbers)
    if ends["min"].as_py() is None or (ends["min"].as_py() >= first and ends["max"].as_py() <= last):
        return numbers
    lowest, highest = pa.scalar(first, numbers.type), pa.scalar(last, numbers.type)
    return pc.max_element_wise(pc.min_element_wise(numbers, highest, skip_nulls=False), lowest, skip_nulls=False)


def _array(values: Sequence[object], clickhouse_type: str) -> Any:
    wanted = arrow_type(clickhouse_type)
    timed = pa.types.is_timestamp(wanted)
    if not timed and not pa.types.is_date32(wanted):
        return pa.array(values, type=wanted)
    whole = pa.int64() if timed else pa.int32()
    first = next((value for value in values if value is not None), None)
    if isinstance(first, datetime if timed else date):
        numbers = pa.array(values, type=wanted).cast(whole)
    else:
        numbers = pa.array(values, type=whole)
    return _held(numbers, *_range(clickhouse_type, wanted)).cast(wanted)


def arrow_table(columns: Mapping[str, Sequence[object]], types: Mapping[str, str]) -> Any:
    """An Arrow table. Raises ValueError for a column that the table does not have, UnfitValueError for a value that its
    column cannot hold."""
    arrays = []
    for name, values in columns.items():
        if name not in types:
            raise ValueError(f"the table has no column {name}")
        try:
            arrays.append(_array(values, types[name]))
        except (pa.ArrowException, TypeError, OverflowError, UnicodeError) as error:
            raise UnfitValueError("", name, types[name], _unfit(values, types[name], error)) from error
    return pa.Table.from_arrays(arrays, names=list(columns))


def _unfit(values: Sequence[object], clickhouse_type: str, error: Exception) -> str:
    """Why the values do not fit, with the first that does not where it is a number. What pyarrow says of a text may
    quote it."""
    for value in values:
        try:
            _array((value,), clickhouse_type)
        except (pa.ArrowException, TypeError, OverflowError, UnicodeError):
            if isinstance(value, int | float):
                told = f"{value:.6g}" if isinstance(value, float) or abs(value) < 2**63 else "a number beyond 64 bits"
                return f"cannot hold {told}"
            return f"cannot hold a value of Python's type {type(value).__name__}: {type(error).__name__}"
    return type(error).__name__
