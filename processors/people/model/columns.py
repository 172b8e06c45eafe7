"""Which record of a pair a column of a condition is of: `name_l` the left one's `name`, `name_r` the right one's; in
blocking rules `l.name` and `r.name`. Capitals make no other column, as in DuckDB."""

from typing import Literal, NamedTuple

from sqlglot import exp

Side = Literal["l", "r"]


class SidedColumn(NamedTuple):
    """A column of one record, in small letters. `field` is that of a struct column, else empty."""

    name: str
    side: Side | None
    field: str


def sided(column: exp.Column) -> SidedColumn:
    """The column that a node names. `side` is None when it tells none."""
    name, table = column.name.lower(), column.table.lower()
    if table in ("l", "r"):
        return SidedColumn(name, "l" if table == "l" else "r", "")
    field = ""
    if table:
        name, field = table, column.name
    ending = name[-2:]
    if ending == "_l":
        return SidedColumn(name[:-2], "l", field)
    if ending == "_r":
        return SidedColumn(name[:-2], "r", field)
    return SidedColumn(name, None, field)


def exact_match_columns(condition: exp.Expr) -> list[str]:
    """The columns that a condition asks to be equal, if it asks for nothing else; else none."""
    found: list[str] = []
    open_parts = [condition]
    while open_parts:
        part = open_parts.pop().unnest()
        if isinstance(part, exp.And):
            open_parts += [part.expression, part.this]
            continue
        if not isinstance(part, exp.EQ):
            return []
        left, right = part.this.unnest(), part.expression.unnest()
        if not isinstance(left, exp.Column) or not isinstance(right, exp.Column):
            return []
        one, other = sided(left), sided(right)
        if one.side is None or other.side is None or one.name != other.name:
            return []
        found.append(one.name)
    return found
