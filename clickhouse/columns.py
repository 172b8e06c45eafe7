"""Columns of Python values -> an Arrow table of the types that ClickHouse's columns have.

Instants may be given as datetimes or as integers in the column's own unit (milliseconds for DateTime64(3),
microseconds for DateTime64(6)); days as dates or as days since 1970.
"""

import re
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

import pyarrow as pa

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


def _array(values: Sequence[object], wanted: Any) -> Any:
    if pa.types.is_timestamp(wanted):
        first = next((value for value in values if value is not None), None)
        if isinstance(first, datetime):
            return pa.array(values, type=wanted)
        return pa.array(values, type=pa.int64()).cast(wanted)
    if pa.types.is_date32(wanted):
        first = next((value for value in values if value is not None), None)
        if isinstance(first, date):
            return pa.array(values, type=wanted)
        return pa.array(values, type=pa.int32()).cast(wanted)
    return pa.array(values, type=wanted)


def arrow_table(columns: Mapping[str, Sequence[object]], types: Mapping[str, str]) -> Any:
    """An Arrow table. Raises ValueError, which names the column, for a column that the table does not have and a value
    that it cannot hold."""
    arrays = []
    for name, values in columns.items():
        if name not in types:
            raise ValueError(f"the table has no column {name}")
        try:
            arrays.append(_array(values, arrow_type(types[name])))
        except (pa.ArrowException, TypeError, OverflowError) as error:
            raise ValueError(f"column {name} ({types[name]}): {error}") from error
    return pa.Table.from_arrays(arrays, names=list(columns))
