"""An expression of a condition -> a Python function of two prepared records.

What depends on one record alone becomes a slot of it. Any part that we have no function for is told by name.
"""

import math
from collections.abc import Callable, Mapping
from functools import reduce
from itertools import zip_longest
from typing import Any

from sqlglot import exp
from sqlglot.dialects.dialect import Dialect

from processors.people.model.columns import Side, sided
from processors.people.scoring import functions, library, strings
from processors.people.scoring.casts import CASTS
from processors.people.scoring.operands import (
    Bound,
    Computed,
    Constant,
    Operand,
    Slot,
    ValueOf,
    getter,
    of_each,
    of_one,
    of_two,
)
from processors.people.scoring.slots import Row, Slots

Scope = tuple[str, ...]
"""The names of lambda parameters, outermost first."""


class UnknownPartError(ValueError):
    """A part of a condition that we cannot work out, and why."""

    def __init__(self, part: exp.Expr, reason: str = "no function for") -> None:
        self.part = part
        self.reason = reason
        super().__init__(f"{reason} `{part.sql()}`")


_HARMLESS = frozenset({
    "safe", "check_null", "null_if_pos_overflow", "date_part_boundary", "ignore_nulls", "typed", "value_constructor",
    "offset", "nested", "ensure_variant", "is_string", "bracket_notation",
})  # fmt: skip
"""Marks of the parser that do not change what is asked."""

_BOOLEANS = (
    exp.And, exp.Or, exp.Not, exp.EQ, exp.NEQ, exp.LT, exp.LTE, exp.GT, exp.GTE, exp.Is, exp.In, exp.Between,
    exp.NullSafeEQ, exp.NullSafeNEQ,
)  # fmt: skip


def takes_only(node: exp.Expr, *names: str) -> None:
    """Raise UnknownPartError where a node has arguments that we would read over."""
    for name, value in node.args.items():
        if name not in names and name not in _HARMLESS and value not in (None, False, []):
            raise UnknownPartError(node)


def is_jaro_winkler(node: exp.Expr) -> bool:
    """Whether a node is a Jaro-Winkler similarity, under any of its names."""
    return isinstance(node, exp.JarowinklerSimilarity) or (
        isinstance(node, exp.Anonymous) and library.NAMED.get(str(node.this).lower()) is strings.jaro_winkler
    )


class Values:
    """Makes functions of expressions. `one_sided` is set within what depends on one record alone: its columns tell no
    side, and are read from the first of the two records."""

    def __init__(self, slots: Slots, dialect: str, one_sided: bool = False) -> None:
        self.slots = slots
        self.dialect = dialect
        self.one_sided = one_sided
        self._index_offset = Dialect.get_or_raise(dialect).INDEX_OFFSET

    def get(self, node: exp.Expr, scope: Scope = ()) -> ValueOf:
        """The function that works an expression out."""
        return getter(self.operand(node, scope))

    def operand(self, node: exp.Expr, scope: Scope = ()) -> Operand:
        """An expression as a slot, a constant or a function."""
        node = node.unnest()
        if isinstance(node, exp.Literal):
            return Constant(node.this if node.is_string else _number(node.this))
        if isinstance(node, exp.Null):
            return Constant(None)
        if isinstance(node, exp.Boolean):
            return Constant(bool(node.this))
        if isinstance(node, exp.Neg) and isinstance(node.this, exp.Literal):
            return Constant(-_number(node.this.this))
        if isinstance(node, exp.Identifier):
            return self._parameter(node, scope)
        side = None if self.one_sided else _only_side(node, scope)
        if isinstance(node, exp.Column):
            return self._column(node, side)
        if side is not None:
            return Slot(side, self._hoisted(node))
        get = self._computed(node, scope)
        return Constant(get([], [], ())) if _is_constant(node, scope) else Computed(get)

    def _parameter(self, node: exp.Identifier, scope: Scope) -> Operand:
        if node.name not in scope:
            raise UnknownPartError(node)
        at = len(scope) - 1 - scope[::-1].index(node.name)
        return Computed(lambda _x, _y, bound: bound[at])

    def _column(self, node: exp.Column, side: Side | None) -> Operand:
        column = sided(node)
        if side is None and not self.one_sided:
            raise UnknownPartError(node)
        if not column.field:
            return Slot(side or "l", self.slots.column(column.name))
        index = self.slots.column(column.name)
        name = column.field

        def fetch(_record: Mapping[str, object], row: Row) -> object:
            struct = row[index]
            return functions.field(struct, name) if isinstance(struct, Mapping) else None

        return Slot(side or "l", self.slots.derived(("field", column.name, name), fetch))

    def slot(self, node: exp.Expr) -> int:
        """The slot of an expression of one record."""
        operand = self.operand(node)
        return operand.index if isinstance(operand, Slot) else self._hoisted(node)

    def _hoisted(self, node: exp.Expr) -> int:
        alone = node.transform(_without_side)
        get = Values(self.slots, self.dialect, one_sided=True).get(alone)
        return self.slots.derived(alone, lambda _record, row: get(row, row, ()))

    def _computed(self, node: exp.Expr, scope: Scope) -> ValueOf:
        unary = library.UNARY.get(type(node))
        if unary is not None:
            takes_only(node, "this")
            return of_one(unary, self.get(node.this, scope))
        binary = library.BINARY.get(type(node))
        if binary is not None:
            takes_only(node, "this", "expression", "format")
            second = node.args.get("format") or node.expression
            return of_two(binary, self.get(node.this, scope), self.get(second, scope))
        if isinstance(node, exp.Cast):
            return self._cast(node, scope)
        if isinstance(node, _BOOLEANS):
            return self._boolean(node, scope)
        special = _SPECIAL.get(type(node))
        if special is None:
            raise UnknownPartError(node)
        return special(self, node, scope)

    def _boolean(self, node: exp.Expr, scope: Scope) -> ValueOf:
        from processors.people.scoring.conditions import Conditions  # the two know each other: CASE holds conditions

        tests = Conditions(self)
        is_true, is_false = tests.when(node, scope, True), tests.when(node, scope, False)
        return lambda x, y, p: True if is_true(x, y, p) else False if is_false(x, y, p) else None

    def _cast(self, node: exp.Cast, scope: Scope) -> ValueOf:
        convert = CASTS.get(node.to.this)
        if convert is None:
            raise UnknownPartError(node)
        return of_one(functions.tried(convert), self.get(node.this, scope))

    def _named(self, node: exp.Anonymous, scope: Scope) -> ValueOf:
        name = str(node.this).lower()
        if name == "list_intersect":
            return self._intersect(node, scope)
        if name == "list_reduce" and len(node.expressions) in (2, 3):
            return self._reduce(node, scope)
        if name == "zip_with" and len(node.expressions) == 3:
            return self._zip(node, scope)
        function = library.NAMED.get(name)
        if function is None or len(node.expressions) != 2:
            raise UnknownPartError(node)
        left, right = node.expressions
        return of_two(function, self.get(left, scope), self.get(right, scope))

    def _intersect(self, node: exp.Expr, scope: Scope) -> ValueOf:
        if len(node.expressions) != 2:
            raise UnknownPartError(node)
        left, right = (self.get(one, scope) for one in node.expressions)

        def get(x: Row, y: Row, p: Bound) -> object:
            one = left(x, y, p)
            if one is None:
                return None
            other = right(x, y, p)
            return () if other is None else functions.intersect(one, other)

        return get

    def _contains(self, node: exp.Expr, scope: Scope) -> ValueOf:
        takes_only(node, "this", "expression")
        array, sought = self.operand(node.this, scope), self.get(node.expression, scope)
        if isinstance(array, Slot):  # its elements stand ready as a set
            array = Slot(array.side, self.slots.elements(array.index))
        return of_two(lambda value, values: value in values, sought, getter(array))

    def _lambda(self, node: exp.Expr, scope: Scope, parameters: int) -> ValueOf:
        if not isinstance(node, exp.Lambda) or len(node.expressions) != parameters:
            raise UnknownPartError(node)
        return self.get(node.this, (*scope, *(one.name for one in node.expressions)))

    def _transform(self, node: exp.Expr, scope: Scope) -> ValueOf:
        array, body = self.get(node.this, scope), self._lambda(node.expression, scope, 1)
        if not scope:
            return of_each(array, body)

        def get(x: Row, y: Row, p: Bound) -> object:
            values = array(x, y, p)
            return None if values is None else tuple([body(x, y, (*p, value)) for value in values])

        return get

    def _reduce(self, node: exp.Anonymous, scope: Scope) -> ValueOf:
        array, body = self.get(node.expressions[0], scope), self._lambda(node.expressions[1], scope, 2)
        if len(node.expressions) == 3:
            initial = self.get(node.expressions[2], scope)
            return lambda x, y, p: (
                None if (values := array(x, y, p)) is None
                else reduce(lambda found, value: body(x, y, (*p, found, value)), values, initial(x, y, p))
            )  # fmt: skip
        if _is_product(node.expressions[1]):
            return of_one(_product, array)

        def get(x: Row, y: Row, p: Bound) -> object:
            values = array(x, y, p)
            if values is None:
                return None
            if not values:
                return None
            found = values[0]
            for value in values[1:]:
                found = body(x, y, (*p, found, value))
            return found

        return get

    def _zip(self, node: exp.Anonymous, scope: Scope) -> ValueOf:
        body = self._lambda(node.expressions[2], scope, 2)

        def get_from(x: Row, y: Row, p: Bound) -> Callable[[Any, Any], object]:
            return lambda left, right: tuple([body(x, y, (*p, *pair)) for pair in zip_longest(left, right)])

        left, right = (self.get(one, scope) for one in node.expressions[:2])
        return lambda x, y, p: of_two(get_from(x, y, p), left, right)(x, y, p)

    def _prepend(self, node: exp.Expr, scope: Scope) -> ValueOf:
        array, first = self.get(node.this, scope), self.get(node.expression, scope)
        return lambda x, y, p: (first(x, y, p), *(array(x, y, p) or ()))

    def _array(self, node: exp.Expr, scope: Scope) -> ValueOf:
        parts = tuple(self.get(one, scope) for one in node.expressions)
        return lambda x, y, p: tuple(part(x, y, p) for part in parts)

    def _bracket(self, node: exp.Expr, scope: Scope) -> ValueOf:
        if len(node.expressions) != 1:
            raise UnknownPartError(node)
        array, at = self.get(node.this, scope), self.operand(node.expressions[0], scope)
        if not isinstance(at, Constant):
            raise UnknownPartError(node)
        if isinstance(at.value, str):
            name = at.value
            return of_one(lambda value: functions.field(value, name), array)
        if not isinstance(at.value, int):
            raise UnknownPartError(node)
        # sqlglot has moved places to count from 0, those from the end too
        place = at.value if at.value >= 0 else at.value + self._index_offset
        return of_one(lambda values: functions.element(values, place), array)

    def _dot(self, node: exp.Expr, scope: Scope) -> ValueOf:
        get, name = self.get(node.this, scope), node.expression.name

        def field(x: Row, y: Row, p: Bound) -> object:
            value = get(x, y, p)
            return None if value is None else value[name]

        return field

    def _case(self, node: exp.Expr, scope: Scope) -> ValueOf:
        from processors.people.scoring.conditions import Conditions

        takes_only(node, "ifs", "default")
        tests = Conditions(self)
        branches = tuple(
            (tests.when(one.this, scope, True), self.get(one.args["true"], scope)) for one in node.args["ifs"]
        )
        default = node.args.get("default")
        otherwise = self.get(default, scope) if default is not None else getter(Constant(None))
        if len(branches) == 1:
            ((only, then),) = branches
            return lambda x, y, p: then(x, y, p) if only(x, y, p) else otherwise(x, y, p)

        def get(x: Row, y: Row, p: Bound) -> object:
            for test, value in branches:
                if test(x, y, p):
                    return value(x, y, p)
            return otherwise(x, y, p)

        return get

    def _first(self, node: exp.Expr, scope: Scope) -> ValueOf:
        parts = tuple(self.get(one, scope) for one in (node.this, *node.expressions))

        def get(x: Row, y: Row, p: Bound) -> object:
            for part in parts:
                value = part(x, y, p)
                if value is not None:
                    return value
            return None

        return get

    def _extreme(self, node: exp.Expr, scope: Scope) -> ValueOf:
        parts = tuple(self.get(one, scope) for one in (node.this, *node.expressions))
        choose: Callable[..., Any] = min if isinstance(node, exp.Least) else max
        return lambda x, y, p: choose(
            (value for value in (part(x, y, p) for part in parts) if value is not None),
            default=None, key=functions.rank,
        )  # fmt: skip

    def _nullif(self, node: exp.Expr, scope: Scope) -> ValueOf:
        left, right = self.get(node.this, scope), self.get(node.expression, scope)

        def get(x: Row, y: Row, p: Bound) -> object:
            value = left(x, y, p)
            return None if functions.same(value, right(x, y, p)) else value

        return get

    def _substring(self, node: exp.Expr, scope: Scope) -> ValueOf:
        takes_only(node, "this", "start", "length")
        text, start = self.get(node.this, scope), self.get(node.args["start"], scope)
        told = node.args.get("length")
        if told is None:
            return of_two(functions.substring, text, start)
        length = self.get(told, scope)
        return lambda x, y, p: (
            None
            if (value := text(x, y, p)) is None or (at := start(x, y, p)) is None or (size := length(x, y, p)) is None
            else functions.substring(value, at, size)
        )

    def _regexp(self, node: exp.Expr, scope: Scope) -> ValueOf:
        takes_only(node, "this", "expression", "group")
        group = self.operand(node.args.get("group") or exp.Literal.number(0), scope)
        if not isinstance(group, Constant) or not isinstance(group.value, int):
            raise UnknownPartError(node)
        number = group.value
        return of_two(
            lambda text, pattern: functions.regexp_extract(text, pattern, number),
            self.get(node.this, scope), self.get(node.expression, scope),
        )  # fmt: skip

    def _date_difference(self, node: exp.Expr, scope: Scope) -> ValueOf:
        takes_only(node, "this", "expression", "unit")
        unit = node.args.get("unit")
        part = unit.name.upper() if unit is not None else "DAY"
        if part not in functions.DATE_PARTS:
            raise UnknownPartError(node)
        return of_two(
            lambda end, start: functions.date_difference(part, start, end),
            self.get(node.this, scope), self.get(node.expression, scope),
        )  # fmt: skip


_SPECIAL: dict[type[exp.Expr], Callable[[Values, Any, Scope], ValueOf]] = {
    exp.Anonymous: Values._named, exp.ArrayIntersect: Values._intersect, exp.Transform: Values._transform,
    exp.ArrayContains: Values._contains,
    exp.ArrayPrepend: Values._prepend, exp.Array: Values._array, exp.Bracket: Values._bracket, exp.Dot: Values._dot,
    exp.Case: Values._case, exp.Coalesce: Values._first, exp.Least: Values._extreme, exp.Greatest: Values._extreme,
    exp.Nullif: Values._nullif, exp.Substring: Values._substring, exp.RegexpExtract: Values._regexp,
    exp.DateDiff: Values._date_difference,
}  # fmt: skip


def _number(text: str) -> int | float:
    return float(text) if any(mark in text for mark in ".eE") else int(text)


def _is_product(node: exp.Expr) -> bool:
    """Whether a lambda of two parameters multiplies them."""
    body = node.this.unnest()
    return isinstance(body, exp.Mul) and [body.this, body.expression] == list(node.expressions)


def _product(values: tuple[float | None, ...]) -> float | None:
    return None if not values or None in values else math.prod(values)  # type: ignore[arg-type]


def _without_side(node: exp.Expr) -> exp.Expr:
    if isinstance(node, exp.Column):
        found = sided(node)
        return exp.column(found.field, table=found.name) if found.field else exp.column(found.name)
    return node


def _only_side(node: exp.Expr, scope: Scope) -> Side | None:
    """The one record that an expression depends on, if there is just one and no parameter from outside."""
    sides = {sided(column).side for column in node.find_all(exp.Column)}
    if len(sides) != 1 or (scope and _uses(node, frozenset(scope))):
        return None
    return sides.pop()


def _is_constant(node: exp.Expr, scope: Scope) -> bool:
    return node.find(exp.Column) is None and not _uses(node, frozenset(scope))


def _uses(node: exp.Expr, names: frozenset[str]) -> bool:
    if isinstance(node, exp.Column):
        return False
    if isinstance(node, exp.Identifier):
        return node.name in names
    if isinstance(node, exp.Dot):
        return _uses(node.this, names)
    if isinstance(node, exp.Lambda):
        return _uses(node.this, names - {one.name for one in node.expressions})
    return any(_uses(child, names) for child in node.iter_expressions())
