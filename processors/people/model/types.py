"""The types of columns and of what conditions make of them, as far as they decide what may be compared with what."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from sqlglot import exp

TypeName = Literal["text", "integer", "float", "boolean", "date", "timestamp", "list", "struct", "literal", "null"]


@dataclass(frozen=True, slots=True)
class SqlType:
    """A type. `of`: that of a list's elements, None where it is not known; `fields`: those of a struct. A text between
    quotation marks is `literal`: DuckDB reads it as whatever it is held against."""

    name: TypeName
    of: "SqlType | None" = None
    fields: tuple[tuple[str, "SqlType | None"], ...] = ()

    def __str__(self) -> str:
        return f"{self.of or '?'}[]" if self.name == "list" else self.name


TEXT, INTEGER, FLOAT, BOOLEAN = SqlType("text"), SqlType("integer"), SqlType("float"), SqlType("boolean")
DATE, TIMESTAMP, LITERAL, NULL = SqlType("date"), SqlType("timestamp"), SqlType("literal"), SqlType("null")
NUMBERS = (INTEGER, FLOAT)
MOMENTS = (DATE, TIMESTAMP)

ColumnTypes = Mapping[str, SqlType]
"""The type of each column of a record, by its name in small letters."""

_NAMED: dict[exp.DType, SqlType] = {
    **dict.fromkeys((exp.DType.TEXT, exp.DType.VARCHAR, exp.DType.CHAR), TEXT),
    **dict.fromkeys((exp.DType.TINYINT, exp.DType.SMALLINT, exp.DType.INT, exp.DType.BIGINT), INTEGER),
    **dict.fromkeys((exp.DType.FLOAT, exp.DType.DOUBLE, exp.DType.DECIMAL), FLOAT),
    exp.DType.BOOLEAN: BOOLEAN,
    exp.DType.DATE: DATE,
    **dict.fromkeys((exp.DType.TIMESTAMP, exp.DType.TIMESTAMPNTZ, exp.DType.DATETIME), TIMESTAMP),
}


def type_of(told: exp.DataType) -> SqlType | None:
    """The type that a syntax tree names; None for one that we do not know."""
    if told.this in (exp.DType.ARRAY, exp.DType.LIST):
        return SqlType("list", type_of(told.expressions[0]) if told.expressions else None)
    if told.this == exp.DType.STRUCT:
        return SqlType("struct", fields=tuple((one.name, type_of(one.args["kind"])) for one in told.expressions))
    return _NAMED.get(told.this)


def sql_type(told: str) -> SqlType:
    """The type that DuckDB calls so (`VARCHAR`, `DATE[]`). Raises ValueError for one that we do not know."""
    found = type_of(exp.DataType.build(told, dialect="duckdb"))
    if found is None:
        raise ValueError(f"unknown type {told}")
    return found
