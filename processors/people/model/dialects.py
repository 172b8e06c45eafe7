"""What Splink's library writes for Spark, PostgreSQL and SQLite in other words than for DuckDB -> DuckDB's words, so
that there is one meaning to work out. What is not known here stays, and is an error where nobody knows it."""

import re
from collections.abc import Callable, Mapping
from typing import Any

import sqlglot
from sqlglot import exp

Rewrite = Callable[[Any], exp.Expr]

_SPARK_FIELDS = {"yyyy": "%Y", "MM": "%m", "dd": "%d", "HH": "%H", "mm": "%M", "ss": "%S", "XXX": "%z"}
_POSTGRES_FIELDS = {"YYYY": "%Y", "MM": "%m", "DD": "%d", "HH24": "%H", "MI": "%M", "SS": "%S", "T": "T"}
_FIELD = {"spark": re.compile(r"'([^']*)'|([A-Za-z])\2*"), "postgres": re.compile(r"HH24|YYYY|MM|DD|MI|SS|[A-Za-z]")}


def as_duckdb(condition: exp.Expr, dialect: str) -> exp.Expr:
    """A condition of a dialect in DuckDB's words; the tree is changed in place."""
    rules = _RULES.get(dialect, {})
    for node in reversed(list(condition.walk())):
        rewrite = rules.get(type(node))
        made = rewrite(node) if rewrite is not None else node
        if made is not node:
            condition = made if node is condition else condition
            node.replace(made)
    return condition


def _called(name: str, *arguments: exp.Expr) -> exp.Expr:
    return exp.Anonymous(this=name, expressions=[one.copy() for one in arguments])


def _as_date(node: exp.Expr) -> exp.Expr:
    return exp.Cast(this=node.copy(), to=exp.DataType(this=exp.DType.DATE))


def _layout(told: exp.Expr, dialect: str, fields: Mapping[str, str]) -> exp.Expr | None:
    """A layout of times as strptime has it; None where a field of it is not known."""
    if not isinstance(told, exp.Literal):
        return None
    unknown = False

    def field(found: re.Match[str]) -> str:
        nonlocal unknown
        if found[0].startswith("'"):
            return found[1].replace("%", "%%") or "'"
        unknown = unknown or found[0] not in fields
        return fields.get(found[0], "")

    layout = _FIELD[dialect].sub(field, told.this)
    return None if unknown or "%" in told.this else exp.Literal.string(layout)


def _spark_named(node: exp.Anonymous) -> exp.Expr:
    name, arguments = str(node.this).lower(), node.expressions
    if name == "try_to_timestamp" and len(arguments) == 2:
        layout = _layout(arguments[1], "spark", _SPARK_FIELDS)
        return node if layout is None else _called("try_strptime", arguments[0], layout)
    return node


_USUAL_LAYOUT = sqlglot.parse_one("unix_timestamp(x)", read="spark").args["format"]


def _unix_timestamp(node: exp.StrToUnix) -> exp.Expr:
    """Whole seconds; of a text with a layout nothing is known."""
    if node.args.get("format") != _USUAL_LAYOUT:
        return node
    return exp.Floor(this=exp.TimeToUnix(this=node.this.copy()))


def _aggregate(node: exp.Reduce) -> exp.Expr:
    if node.args.get("finish") is not None:
        return node
    return _called("list_reduce", node.this, node.args["merge"], node.args["initial"])


def _postgres_named(node: exp.Anonymous) -> exp.Expr:
    name, arguments = str(node.this).lower(), node.expressions
    if name in ("try_cast_date", "try_cast_timestamp") and len(arguments) == 2:  # Splink's own functions
        layout = _layout(arguments[1], "postgres", _POSTGRES_FIELDS)
        if layout is None:
            return node
        moment = _called("try_strptime_leading", arguments[0], layout)
        return _as_date(moment) if name == "try_cast_date" else moment
    if name == "cardinality" and len(arguments) == 1:
        return exp.ArraySize(this=arguments[0].copy())
    return node


def _substring(node: exp.Substring) -> exp.Expr:
    """With a pattern: what its first group matches, or all of it; NULL where nothing does."""
    pattern = node.args.get("start")
    if not isinstance(pattern, exp.Literal) or not pattern.is_string or node.args.get("length") is not None:
        return node
    group = exp.Literal.number(min(re.compile(pattern.this).groups, 1))
    found = exp.RegexpExtract(this=node.this.copy(), expression=pattern.copy(), group=group)
    return exp.Nullif(this=found, expression=exp.Literal.string(""))


def _array_length(node: exp.ArraySize) -> exp.Expr:
    """Of the first dimension; NULL for an empty array."""
    if node.expression != exp.Literal.number(1):
        return node
    return exp.Nullif(this=exp.ArraySize(this=node.this.copy()), expression=exp.Literal.number(0))


def _last_element(node: exp.Bracket) -> exp.Expr:
    """`x[array_length(x, 1)]`: sqlglot counts from 0, and so one less from the end too."""
    at = node.expressions[0]
    size = at.find(exp.ArraySize) if isinstance(at, exp.Add) else None
    if size is None or size.this != node.this:
        return node
    return exp.Bracket(this=node.this.copy(), expressions=[exp.Neg(this=exp.Literal.number(2))])


def _epoch(node: exp.Extract) -> exp.Expr:
    return exp.TimeToUnix(this=node.expression.copy()) if node.this.name.upper() == "EPOCH" else node


def _quotient(node: exp.Div) -> exp.Expr:
    """Of whole numbers a whole one."""
    return _called("quotient", node.this, node.expression) if node.args.get("typed") else node


def _date(node: exp.Date) -> exp.Expr:
    alone = [one for one in node.args.values() if one] == [node.this]
    return _as_date(node.this) if alone else node


_RULES: dict[str, dict[type[exp.Expr], Rewrite]] = {
    "spark": {
        exp.Anonymous: _spark_named, exp.TsOrDsToDate: lambda node: _as_date(node.this),
        exp.StrToUnix: _unix_timestamp, exp.Reduce: _aggregate,
    },
    "postgres": {
        exp.Anonymous: _postgres_named, exp.Substring: _substring, exp.ArraySize: _array_length,
        exp.Bracket: _last_element, exp.Extract: _epoch, exp.Div: _quotient,
    },
    "sqlite": {exp.Date: _date, exp.Div: _quotient},
}  # fmt: skip
