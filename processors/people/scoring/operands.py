"""What an expression becomes: a slot of one record, a constant, a function of a pair; and how functions are joined."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from processors.people.model.columns import Side
from processors.people.scoring.slots import Row

Bound = tuple[object, ...]
"""The values of lambda parameters, outermost first."""

ValueOf = Callable[[Row, Row, Bound], Any]
"""A value of a pair; None is NULL."""


@dataclass(frozen=True, slots=True)
class Slot:
    """A value that stands ready in one of the two records."""

    side: Side
    index: int


@dataclass(frozen=True, slots=True)
class Constant:
    """A value that is the same for every pair."""

    value: object


@dataclass(frozen=True, slots=True)
class Computed:
    """A value that is worked out for each pair."""

    get: ValueOf


Operand = Slot | Constant | Computed


def getter(operand: Operand) -> ValueOf:
    """The function that fetches an operand."""
    if isinstance(operand, Computed):
        return operand.get
    if isinstance(operand, Constant):
        value = operand.value
        return lambda _x, _y, _p: value
    index = operand.index
    if operand.side == "l":
        return lambda x, _y, _p: x[index]
    return lambda _x, y, _p: y[index]


def of_one(function: Callable[[Any], Any], get: ValueOf) -> ValueOf:
    """A function of one value; NULL of NULL."""

    def value(x: Row, y: Row, p: Bound) -> object:
        one = get(x, y, p)
        return None if one is None else function(one)

    return value


def of_two(function: Callable[[Any, Any], Any], left: ValueOf, right: ValueOf) -> ValueOf:
    """A function of two values; NULL if either is."""

    def value(x: Row, y: Row, p: Bound) -> object:
        one = left(x, y, p)
        if one is None:
            return None
        other = right(x, y, p)
        return None if other is None else function(one, other)

    return value


def of_each(array: ValueOf, body: ValueOf) -> ValueOf:
    """A lambda without any other around it, of each element of an array."""

    def values(x: Row, y: Row, p: Bound) -> object:
        found = array(x, y, p)
        return None if found is None else tuple([body(x, y, (one,)) for one in found])

    return values
