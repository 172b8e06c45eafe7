"""A condition -> Python functions that say whether it is true, and whether it is false. SQL's logic has three values:
what is neither true nor false is unknown, and a level is hit only by what is true."""

from collections.abc import Callable
from typing import Any

from sqlglot import exp

from processors.people.scoring import strings
from processors.people.scoring.fitting import compares_no_float
from processors.people.scoring.functions import same
from processors.people.scoring.operands import Bound, Constant, Operand, Slot, ValueOf, getter
from processors.people.scoring.slots import Row
from processors.people.scoring.values import Scope, UnknownPartError, Values, is_jaro_winkler, takes_only

Test = Callable[[Row, Row, Bound], bool]
"""Whether something holds of a pair."""

Comparator = Callable[[Any, Any], bool]

ORDERINGS: dict[type[exp.Expr], Comparator] = {
    # NaN is the greatest number in DuckDB, and equal to itself
    exp.LT: lambda left, right: left < right or (right != right and left == left),
    exp.LTE: lambda left, right: left <= right or right != right,
    exp.GT: lambda left, right: left > right or (left != left and right == right),
    exp.GTE: lambda left, right: left >= right or left != left,
}
_OPPOSITE: dict[type[exp.Expr], type[exp.Expr]] = {exp.LT: exp.GTE, exp.GTE: exp.LT, exp.GT: exp.LTE, exp.LTE: exp.GT}


class Conditions:
    """Makes tests of conditions."""

    def __init__(self, values: Values) -> None:
        self._values = values

    def when(self, node: exp.Expr, scope: Scope = (), truth: bool = True) -> Test:
        """The test that a condition is true, or that it is false."""
        node = node.unnest()
        if isinstance(node, exp.And | exp.Or):
            if truth and isinstance(node, exp.Or) and (test := self._either_null(node, scope)) is not None:
                return test
            left, right = self.when(node.this, scope, truth), self.when(node.expression, scope, truth)
            if isinstance(node, exp.And) == truth:
                return lambda x, y, p: left(x, y, p) and right(x, y, p)
            return lambda x, y, p: left(x, y, p) or right(x, y, p)
        if isinstance(node, exp.Not):
            return self.when(node.this, scope, not truth)
        if isinstance(node, exp.EQ | exp.NEQ):
            return self._equal(node, scope, isinstance(node, exp.EQ) == truth)
        if type(node) in ORDERINGS:
            return self._ordered(node, scope, truth)
        if isinstance(node, exp.Is):
            return self._is(node, scope, truth)
        if isinstance(node, exp.Coalesce):
            return self._coalesced(node, scope, truth)
        if isinstance(node, exp.Between):
            takes_only(node, "this", "low", "high")
            low = exp.GTE(this=node.this, expression=node.args["low"])
            high = exp.LTE(this=node.this, expression=node.args["high"])
            return self.when(exp.And(this=low, expression=high), scope, truth)
        if isinstance(node, exp.In):
            return self._in(node, scope, truth)
        if isinstance(node, exp.NullSafeEQ | exp.NullSafeNEQ):
            one, other = self._values.get(node.this, scope), self._values.get(node.expression, scope)
            if isinstance(node, exp.NullSafeEQ) == truth:
                return lambda x, y, p: same(one(x, y, p), other(x, y, p))
            return lambda x, y, p: not same(one(x, y, p), other(x, y, p))
        value = self._values.get(node, scope)
        return lambda x, y, p: value(x, y, p) is truth

    def _either_null(self, node: exp.Or, scope: Scope) -> Test | None:
        """Of the commonest null level: whether a value is NULL in either record."""
        parts = node.this.unnest(), node.expression.unnest()
        if not all(isinstance(part, exp.Is) and isinstance(part.expression, exp.Null) for part in parts):
            return None
        left, right = (self._values.operand(part.this, scope) for part in parts)
        if not isinstance(left, Slot) or not isinstance(right, Slot) or left.side == right.side:
            return None
        at, beside = (left.index, right.index) if left.side == "l" else (right.index, left.index)
        return lambda x, y, _p: x[at] is None or y[beside] is None

    def _equal(self, node: exp.Expr, scope: Scope, truth: bool) -> Test:
        left, right = self._values.operand(node.this, scope), self._values.operand(node.expression, scope)
        if not compares_no_float(node):
            return _equal_floats(getter(left), getter(right), truth)
        if truth and isinstance(left, Slot) and isinstance(right, Slot) and left.side != right.side:
            return _same_slots(left, right)
        one, other = getter(left), getter(right)
        if truth:

            def is_same(x: Row, y: Row, p: Bound) -> bool:
                value = one(x, y, p)
                return value is not None and value == other(x, y, p)

            return is_same

        def differs(x: Row, y: Row, p: Bound) -> bool:
            value = one(x, y, p)
            if value is None:
                return False
            against = other(x, y, p)
            return against is not None and bool(value != against)

        return differs

    def _ordered(self, node: exp.Expr, scope: Scope, truth: bool) -> Test:
        kind = type(node) if truth else _OPPOSITE[type(node)]
        left, right = self._values.operand(node.this, scope), self._values.operand(node.expression, scope)
        if isinstance(right, Constant):
            if right.value is None:
                return _never
            if kind is exp.GTE and right.value == 1 and (test := self._overlap(node.this, scope)) is not None:
                return test
            return compared(self._values, node.this, kind, right.value, scope)
        compare, one, other = ORDERINGS[kind], getter(left), getter(right)

        def test_pair(x: Row, y: Row, p: Bound) -> bool:
            value = one(x, y, p)
            if value is None:
                return False
            against = other(x, y, p)
            return against is not None and compare(value, against)

        return test_pair

    def _overlap(self, node: exp.Expr, scope: Scope) -> Test | None:
        """Of the size of an intersection of two arrays: whether they have anything in common."""
        arrays = _intersected(node)
        if arrays is None:
            return None
        left, right = (self._values.operand(one, scope) for one in arrays)
        if not isinstance(left, Slot) or not isinstance(right, Slot) or left.side == right.side:
            return None
        if left.side == "r":
            left, right = right, left
        at, beside = self._values.slots.elements(left.index), self._values.slots.elements(right.index)

        def overlap(x: Row, y: Row, _p: Bound) -> bool:
            one, other = x[at], y[beside]
            return one is not None and other is not None and not one.isdisjoint(other)  # type: ignore[attr-defined]

        return overlap

    def _is(self, node: exp.Is, scope: Scope, truth: bool) -> Test:
        against = node.expression.unnest()
        if isinstance(against, exp.Null):
            return _null(self._values.operand(node.this, scope), truth)
        if isinstance(against, exp.Boolean):
            test = self.when(node.this, scope, bool(against.this))
            return test if truth else lambda x, y, p: not test(x, y, p)
        raise UnknownPartError(node)

    def _coalesced(self, node: exp.Coalesce, scope: Scope, truth: bool) -> Test:
        """The first of several conditions that is not unknown."""
        parts = [(self.when(one, scope, True), self.when(one, scope, False)) for one in (node.this, *node.expressions)]

        def test(x: Row, y: Row, p: Bound) -> bool:
            for is_true, is_false in parts:
                if is_true(x, y, p):
                    return truth
                if is_false(x, y, p):
                    return not truth
            return False

        return test

    def _in(self, node: exp.In, scope: Scope, truth: bool) -> Test:
        takes_only(node, "this", "expressions")
        parts = [exp.EQ(this=node.this, expression=one) for one in node.expressions]
        for part in parts:
            part.meta.update(node.meta)
        found: exp.Expr = parts[0]
        for part in parts[1:]:
            found = exp.Or(this=found, expression=part)
        return self.when(found, scope, truth)


def compared(values: Values, node: exp.Expr, kind: type[exp.Expr], threshold: Any, scope: Scope = ()) -> Test:
    """The test of an expression against a constant."""
    compare = ORDERINGS[kind]
    if is_jaro_winkler(node.unnest()):
        first, second = (values.operand(text, scope) for text in string_arguments(node.unnest()))
        if isinstance(first, Slot) and isinstance(second, Slot) and (first.side, second.side) == ("l", "r"):
            return _alike_slots(first.index, second.index, compare, threshold)
        one, other = getter(first), getter(second)

        def alike(x: Row, y: Row, p: Bound) -> bool:
            left = one(x, y, p)
            if left is None:
                return False
            right = other(x, y, p)
            return right is not None and compare(strings.settled_jaro_winkler(left, right, threshold), threshold)

        return alike
    get = values.get(node, scope)

    def test(x: Row, y: Row, p: Bound) -> bool:
        value = get(x, y, p)
        return value is not None and compare(value, threshold)

    return test


def _alike_slots(at: int, beside: int, compare: Comparator, threshold: float) -> Test:
    settled = strings.settled_jaro_winkler

    def alike(x: Row, y: Row, _p: Bound) -> bool:
        left, right = x[at], y[beside]
        return left is not None and right is not None and compare(settled(left, right, threshold), threshold)  # type: ignore[arg-type]

    return alike


def string_arguments(node: exp.Expr) -> list[exp.Expr]:
    """The two strings that a similarity compares."""
    return list(node.expressions) if isinstance(node, exp.Anonymous) else [node.this, node.expression]


def _intersected(node: exp.Expr) -> list[exp.Expr] | None:
    size = node.unnest()
    if not isinstance(size, exp.Length | exp.ArraySize):
        return None
    array = size.this.unnest()
    named = isinstance(array, exp.Anonymous) and str(array.this).lower() == "list_intersect"
    if (named or isinstance(array, exp.ArrayIntersect)) and len(array.expressions) == 2:
        return list(array.expressions)
    return None


def _equal_floats(one: ValueOf, other: ValueOf, truth: bool) -> Test:
    def test(x: Row, y: Row, p: Bound) -> bool:
        value = one(x, y, p)
        if value is None:
            return False
        against = other(x, y, p)
        return against is not None and same(value, against) is truth

    return test


def _same_slots(left: Slot, right: Slot) -> Test:
    if left.side == "r":
        left, right = right, left
    at, beside = left.index, right.index

    def same(x: Row, y: Row, _p: Bound) -> bool:
        value = x[at]
        return value is not None and value == y[beside]

    return same


def _null(operand: Operand, truth: bool) -> Test:
    if isinstance(operand, Slot):
        index = operand.index
        if operand.side == "l":
            return (lambda x, _y, _p: x[index] is None) if truth else (lambda x, _y, _p: x[index] is not None)
        return (lambda _x, y, _p: y[index] is None) if truth else (lambda _x, y, _p: y[index] is not None)
    get: ValueOf = getter(operand)
    return (lambda x, y, p: get(x, y, p) is None) if truth else (lambda x, y, p: get(x, y, p) is not None)


def _never(_x: Row, _y: Row, _p: Bound) -> bool:
    return False
