"""A condition with the casts that DuckDB would put in, or what in it does not fit.

What stands between quotation marks may be a text, a date or a number: DuckDB reads it as what it is held against, so it
is cast here, once. What DuckDB refuses to hold together, or would cast value by value until one of them stops it, is an
error before any record is scored by it. An expression whose type is not known fits everywhere.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from sqlglot import exp

from processors.people.model.columns import sided
from processors.people.model.types import (
    BOOLEAN,
    DATE,
    FLOAT,
    INTEGER,
    LITERAL,
    MOMENTS,
    NULL,
    NUMBERS,
    TEXT,
    TIMESTAMP,
    ColumnTypes,
    SqlType,
    type_of,
)
from processors.people.scoring import library
from processors.people.scoring.casts import CASTS
from processors.people.scoring.signatures import SIGNATURES, STRING_FUNCTIONS, Kinds, MisfitError, casts, joined, of_sum
from processors.people.scoring.values import UnknownPartError

Types = Mapping[str, SqlType | None]
"""The types of lambda parameters by name."""

Known = SqlType | None
"""A type, or None where it is not known."""

_CAST_TO = {
    DATE: exp.DType.DATE, TIMESTAMP: exp.DType.TIMESTAMP, INTEGER: exp.DType.BIGINT, FLOAT: exp.DType.DOUBLE,
    BOOLEAN: exp.DType.BOOLEAN, TEXT: exp.DType.TEXT,
}  # fmt: skip


_NO_FLOAT = "compares_no_float"


def compares_no_float(comparison: exp.Expr) -> bool:
    """Whether a comparison of a fitted condition is surely not of numbers that may be NaN."""
    return bool(comparison.meta.get(_NO_FLOAT))


def fitted(condition: exp.Expr, columns: ColumnTypes) -> exp.Expr:
    """A condition over columns of some types, with its casts. Raises UnknownPartError for what does not fit."""
    made = condition.copy()
    _Fitting(columns).truth(made, {}, made)
    return made


class _Fitting:
    """Finds the type of each expression, and casts what has to be: the tree is changed in place."""

    def __init__(self, columns: ColumnTypes) -> None:
        self._columns = columns

    def type(self, node: exp.Expr, scope: Types) -> Known:
        """The type of an expression."""
        node = node.unnest()
        try:
            if type(node) in SIGNATURES:
                kinds, gives = SIGNATURES[type(node)]
                return self._called(node, _arguments(node), kinds, gives, scope)
            rule = _RULES.get(type(node))
            return rule(self, node, scope) if rule is not None else None
        except MisfitError as misfit:
            raise UnknownPartError(node, f"{misfit} do not go together in") from misfit

    def truth(self, node: exp.Expr, scope: Types, whole: exp.Expr) -> None:
        """Of something that is true or false."""
        self._one_of((BOOLEAN,), node, scope, whole)

    def _one_of(self, kinds: Kinds, node: exp.Expr, scope: Types, whole: exp.Expr) -> Known:
        told = self.type(node, scope)
        if told is not None and told != NULL and told not in kinds:
            raise UnknownPartError(whole, f"a value of the type {told} does not fit in")
        return told

    def _called(
        self, node: exp.Expr, arguments: Sequence[exp.Expr], kinds: Sequence[Kinds], gives: SqlType, scope: Types
    ) -> SqlType:
        told = [self._one_of(may, one, scope, node) for may, one in zip(kinds, arguments, strict=False)]
        whole = isinstance(node, exp.Mul | exp.Mod) and all(one == INTEGER for one in told)
        return INTEGER if whole else gives

    def together(self, parts: Sequence[exp.Expr], scope: Types) -> Known:
        """The type in which several expressions are held against each other, to which they are cast."""
        types = [self.type(part, scope) for part in parts]
        found = joined(types)
        for part, told in zip(parts, types, strict=True):
            _cast(part, told, found)
        return found

    def literal(self, node: exp.Literal, _scope: Types) -> Known:
        if node.is_string:
            return LITERAL
        return FLOAT if any(mark in node.this for mark in ".eE") else INTEGER

    def column(self, node: exp.Column, _scope: Types) -> Known:
        told = sided(node)
        of = self._columns.get(told.name)
        return _field(of, told.field, node) if told.field and of is not None else of

    def parameter(self, node: exp.Identifier, scope: Types) -> Known:
        return scope.get(node.name)

    def compared(self, node: exp.Expr, scope: Types) -> Known:
        found = self.together([one for one in _arguments(node) if isinstance(one, exp.Expr)], scope)
        ordered = not isinstance(node, exp.EQ | exp.NEQ | exp.In | exp.NullSafeEQ | exp.NullSafeNEQ)
        if ordered and found is not None and found.name in ("list", "struct"):
            raise MisfitError(found, found)
        node.meta[_NO_FLOAT] = found not in (None, FLOAT)
        return BOOLEAN

    def is_(self, node: exp.Is, scope: Types) -> Known:
        if isinstance(node.expression.unnest(), exp.Boolean):
            self.truth(node.this, scope, node)
        else:
            self.type(node.this, scope)
        return BOOLEAN

    def either(self, node: exp.Expr, scope: Types) -> Known:
        """Of a choice among values: COALESCE, LEAST, GREATEST, NULLIF."""
        found = self.together(_arguments(node), scope)
        return TEXT if found == LITERAL else found

    def case(self, node: exp.Case, scope: Types) -> Known:
        for one in node.args["ifs"]:
            self.truth(one.this, scope, node)
        default = node.args.get("default")
        found = self.together([one.args["true"] for one in node.args["ifs"]] + ([default] if default else []), scope)
        return TEXT if found == LITERAL else found

    def cast(self, node: exp.Cast, scope: Types) -> Known:
        told, to = self.type(node.this, scope), type_of(node.to)
        if told is None or to is None:
            return to
        if not casts(told, to):
            raise MisfitError(told, to)
        if told == LITERAL and not isinstance(node, exp.TryCast):
            _check(node.this.unnest(), node.to.this, to)
        return to

    def absolute(self, node: exp.Expr, scope: Types) -> Known:
        return self._one_of(NUMBERS, node.this, scope, node)

    def sum(self, node: exp.Add | exp.Sub, scope: Types) -> Known:
        left, right = self.type(node.this, scope), self.type(node.expression, scope)
        if left is None or right is None or NULL in (left, right):
            return None
        return of_sum(node, left, right)

    def put_together(self, node: exp.DPipe, scope: Types) -> Known:
        parts = _arguments(node)
        types = [self.type(part, scope) for part in parts]
        if any(told is not None and told.name == "list" for told in types):
            return joined(types)
        for part, told in zip(parts, types, strict=True):
            if told is not None and told not in (TEXT, LITERAL, NULL):
                if not casts(told, TEXT):
                    raise MisfitError(told, TEXT)
                part.replace(_cast_node(part.copy(), TEXT))
        return TEXT

    def size(self, node: exp.Expr, scope: Types) -> Known:
        told = self.type(node.this, scope)
        texts: Kinds = (TEXT, LITERAL, NULL) if isinstance(node, exp.Length) else (NULL,)
        if told is not None and told.name != "list" and told not in texts:
            raise UnknownPartError(node, f"a value of the type {told} does not fit in")
        return INTEGER

    def list(self, node: exp.Array, scope: Types) -> Known:
        of = self.together(node.expressions, scope) if node.expressions else None
        return SqlType("list", TEXT if of == LITERAL else of)

    def elements(self, node: exp.Expr, scope: Types) -> Known:
        return self._list(node.this, scope, node)

    def one_element(self, node: exp.Expr, scope: Types) -> Known:
        return _of(self._list(node.this, scope, node))

    def flattened(self, node: exp.Flatten, scope: Types) -> Known:
        of = _of(self._list(node.this, scope, node))
        if of is not None and of.name != "list":
            raise UnknownPartError(node, f"a list of the type {of} does not fit in")
        return of

    def in_common(self, node: exp.Expr, scope: Types) -> Known:
        arrays = _arguments(node)
        for array in arrays:
            self._list(array, scope, node)
        found = self.together(arrays, scope)
        return BOOLEAN if isinstance(node, exp.ArrayOverlaps) else found

    def with_element(self, node: exp.Expr, scope: Types) -> Known:
        """Of a list and a value that may be, or becomes, an element of it."""
        of, told = _of(self._list(node.this, scope, node)), self.type(node.expression, scope)
        found = joined((of, told))
        if of is not None and found is not None and not _alike(of, found):
            raise MisfitError(of, found)
        _cast(node.expression, told, found)
        return BOOLEAN if isinstance(node, exp.ArrayContains) else SqlType("list", found)

    def transformed(self, node: exp.Transform, scope: Types) -> Known:
        of = _of(self._list(node.this, scope, node))
        return SqlType("list", self._lambda(node.expression, [of], scope))

    def named(self, node: exp.Anonymous, scope: Types) -> Known:
        name, arguments = str(node.this).lower(), node.expressions
        if name in STRING_FUNCTIONS:
            texts = ((TEXT, LITERAL),) * len(arguments)
            return self._called(node, arguments, texts, STRING_FUNCTIONS[name], scope)
        if name == "list_intersect":
            return self.in_common(node, scope)
        if name == "list_reduce" and len(arguments) in (2, 3):
            of = _of(self._list(arguments[0], scope, node))
            first = self.type(arguments[2], scope) if len(arguments) == 3 else of
            return self._lambda(arguments[1], [first, of], scope)
        if name == "zip_with" and len(arguments) == 3:
            pair = [_of(self._list(one, scope, node)) for one in arguments[:2]]
            return SqlType("list", self._lambda(arguments[2], pair, scope))
        if name == "quotient":
            return joined(self._one_of(NUMBERS, one, scope, node) for one in arguments)
        if library.NAMED.get(name) is library.COSINE:
            for one in arguments:
                of = _of(self._list(one, scope, node))
                if of is not None and of not in NUMBERS:
                    raise UnknownPartError(node, f"a list of the type {of} does not fit in")
            return FLOAT
        return None

    def bracket(self, node: exp.Bracket, scope: Types) -> Known:
        told, at = self.type(node.this, scope), node.expressions[0].unnest()
        if told is not None and told.name == "struct" and isinstance(at, exp.Literal):
            return _field(told, at.this, node)
        return _of(self._list(node.this, scope, node))

    def dot(self, node: exp.Dot, scope: Types) -> Known:
        told = self.type(node.this, scope)
        return _field(told, node.expression.name, node) if told is not None else None

    def between_moments(self, node: exp.DateDiff, scope: Types) -> Known:
        found = self.together([node.this, node.expression], scope)
        if found is not None and found not in (*MOMENTS, NULL):
            raise UnknownPartError(node, f"a value of the type {found} does not fit in")
        return INTEGER

    def _list(self, node: exp.Expr, scope: Types, whole: exp.Expr) -> Known:
        told = self.type(node, scope)
        if told is not None and told.name != "list" and told != NULL:
            raise UnknownPartError(whole, f"a value of the type {told} does not fit in")
        return told

    def _lambda(self, node: exp.Expr, types: Sequence[Known], scope: Types) -> Known:
        if not isinstance(node, exp.Lambda) or len(node.expressions) != len(types):
            return None
        names = [one.name for one in node.expressions]
        return self.type(node.this, {**scope, **dict(zip(names, types, strict=True))})


def _arguments(node: exp.Expr) -> list[exp.Expr]:
    """The expressions that a node is made of, in their order."""
    told = (one for value in node.args.values() for one in (value if isinstance(value, list) else [value]))
    return [one for one in told if isinstance(one, exp.Expr) and not isinstance(one, exp.Var | exp.DataType)]


def _of(told: Known) -> Known:
    return told.of if told is not None else None


def _field(told: SqlType, name: str, node: exp.Expr) -> Known:
    fields = dict(told.fields)
    if name not in fields:
        raise UnknownPartError(node, f"no field {name} of the type {told} for")
    return fields[name]


def _cast(node: exp.Expr, told: Known, to: Known) -> None:
    """Cast an expression of one type to the other, in its place. Raises MisfitError."""
    inner = node.unnest()
    if told is None or to is None or told in (to, NULL) or (told in NUMBERS and to in NUMBERS):
        return
    if told == LITERAL and to == TEXT:
        return
    if told == LITERAL and to in _CAST_TO:
        _check(inner, _CAST_TO[to], to)
        inner.replace(_cast_node(inner.copy(), to))
    elif told == DATE and to == TIMESTAMP:
        inner.replace(_cast_node(inner.copy(), to))
    elif told.name != "list" or not _alike(told.of, to.of):
        raise MisfitError(told, to)


def _alike(one: Known, other: Known) -> bool:
    """Whether elements of two lists can be held against each other as they are."""
    return one is None or other is None or one == other or (one in NUMBERS and other in NUMBERS)


def _cast_node(node: exp.Expr, to: SqlType) -> exp.Cast:
    return exp.Cast(this=node, to=exp.DataType(this=_CAST_TO[to]))


def _check(literal: exp.Expr, to: exp.DType, named: SqlType) -> None:
    convert = CASTS.get(to)
    try:
        if convert is not None and isinstance(literal, exp.Literal):
            convert(literal.this)
    except (ValueError, OverflowError):
        raise UnknownPartError(literal, f"the type {named} has no value") from None


_COMPARISONS = (
    exp.EQ, exp.NEQ, exp.LT, exp.LTE, exp.GT, exp.GTE, exp.NullSafeEQ, exp.NullSafeNEQ, exp.In, exp.Between,
)  # fmt: skip

_RULES: dict[type[exp.Expr], Callable[[_Fitting, Any, Types], Known]] = {
    exp.Literal: _Fitting.literal, exp.Null: lambda _self, _node, _scope: NULL,
    exp.Boolean: lambda _self, _node, _scope: BOOLEAN, exp.Column: _Fitting.column, exp.Identifier: _Fitting.parameter,
    **dict.fromkeys(_COMPARISONS, _Fitting.compared), exp.Is: _Fitting.is_,
    **dict.fromkeys((exp.Coalesce, exp.Least, exp.Greatest, exp.Nullif), _Fitting.either), exp.Case: _Fitting.case,
    exp.Cast: _Fitting.cast, exp.TryCast: _Fitting.cast, exp.Abs: _Fitting.absolute, exp.Neg: _Fitting.absolute,
    exp.Add: _Fitting.sum, exp.Sub: _Fitting.sum, exp.DPipe: _Fitting.put_together, exp.Length: _Fitting.size,
    exp.ArraySize: _Fitting.size, exp.Array: _Fitting.list, exp.ArrayDistinct: _Fitting.elements,
    exp.ArrayMin: _Fitting.one_element, exp.ArrayMax: _Fitting.one_element, exp.Flatten: _Fitting.flattened,
    exp.ArrayIntersect: _Fitting.in_common, exp.ArrayOverlaps: _Fitting.in_common,
    exp.ArrayContains: _Fitting.with_element, exp.ArrayPrepend: _Fitting.with_element,
    exp.Transform: _Fitting.transformed, exp.Anonymous: _Fitting.named, exp.Bracket: _Fitting.bracket,
    exp.Dot: _Fitting.dot, exp.DateDiff: _Fitting.between_moments,
}  # fmt: skip
