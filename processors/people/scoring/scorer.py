"""A whole model as a function: records are prepared once, then pairs of them scored.

The levels of a comparison are tried in their order; the first that is true is the pair's. Neighbouring levels that hold
one value against several thresholds work it out once.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from math import log2
from types import MappingProxyType
from typing import Any, NamedTuple

from sqlglot import exp

from processors.people.model.errors import UnknownConditionError
from processors.people.model.structure import Comparison, ComparisonLevel, Model
from processors.people.model.types import ColumnTypes
from processors.people.model.written import as_written
from processors.people.scoring import strings
from processors.people.scoring.conditions import ORDERINGS, Conditions, string_arguments
from processors.people.scoring.fitting import fitted
from processors.people.scoring.operands import Constant
from processors.people.scoring.slots import Row, Slots
from processors.people.scoring.values import UnknownPartError, Values, is_jaro_winkler

Record = Mapping[str, object]
"""A record by column: text, numbers, dates, lists of them; None is NULL. A column `tf_x` holds the term frequency of
the record's own value of x (0 to 1)."""

FREQUENCY_PREFIX = "tf_"

Ladder = Callable[[Row, Row], int]
"""The place of the first of some neighbouring levels that is true, or -1."""

Step = tuple[Callable[..., Any], int | None]
"""A level's Test and its place; or a Ladder and None."""

Adjust = Callable[[Row, Row], float]
"""What the term frequency of a pair's value adds to a level, in bits."""


class Part(NamedTuple):
    """What one comparison adds, in bits: the level's match weight, and the adjustment for the term frequency."""

    level: int
    weight: float
    adjustment: float


class Scorer:
    """A model made ready. The left and right record of a pair are not always alike (a condition may tell them apart):
    whoever wants one score for a pair fixes their order. `types` are those of the records' columns; of one that is not
    among them everything is expected to fit."""

    def __init__(self, model: Model, types: ColumnTypes = MappingProxyType({})) -> None:
        self.model = model
        self._types = types
        self._slots = Slots()
        self._values = Values(self._slots, model.dialect)
        self._comparisons = tuple(self._made(comparison) for comparison in model.comparisons)
        self._prior = model.prior_weight

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns that every record must have, NULL or not."""
        return tuple(self._slots.columns)

    def prepare(self, record: Record) -> Row:
        """A record made ready to be compared. Raises MissingColumnError."""
        return self._slots.prepare(record)

    def parts(self, left: Row, right: Row) -> list[Part]:
        """What each comparison adds, in the model's order."""
        found = []
        for steps, levels in self._comparisons:
            at = _first(steps, left, right)
            weight, adjust = levels[at]
            found.append(Part(at, weight, adjust(left, right) if adjust is not None else 0.0))
        return found

    def weight(self, left: Row, right: Row) -> float:
        """The match weight of a pair, in bits."""
        total = self._prior
        for steps, levels in self._comparisons:
            weight, adjust = levels[_first(steps, left, right)]
            total += weight
            if adjust is not None:
                total += adjust(left, right)
        return total

    def _made(self, comparison: Comparison) -> tuple[tuple[Step, ...], tuple[tuple[float, Adjust | None], ...]]:
        levels = [self._fitted(comparison.name, level) for level in comparison.levels]
        steps: list[Step] = []
        at = 0
        while at < len(levels):
            run = _run(levels, at)
            steps.append(self._step(comparison.name, levels, at, run))
            at += run
        return tuple(steps), tuple((level.weight, self._adjustment(level)) for level in comparison.levels)

    def _fitted(self, comparison: str, level: ComparisonLevel) -> ComparisonLevel:
        if level.condition is None:
            return level
        try:
            return replace(level, condition=fitted(level.condition, self._types))
        except UnknownPartError as error:
            raise _unknown(comparison, level, error, self.model.dialect) from error

    def _step(self, comparison: str, levels: Sequence[ComparisonLevel], at: int, run: int) -> Step:
        level = levels[at]
        if level.condition is None:
            return lambda _left, _right, _bound: True, at
        try:
            if run > 1:
                return self._ladder(levels, at, run), None
            return Conditions(self._values).when(level.condition), at
        except UnknownPartError as error:
            raise _unknown(comparison, level, error, self.model.dialect) from error

    def _ladder(self, levels: Sequence[ComparisonLevel], at: int, run: int) -> Ladder:
        first = _threshold(levels[at])
        assert first is not None
        node, kind, _ = first
        compare = ORDERINGS[kind]
        rungs = []
        for place in range(at, at + run):
            rung = _threshold(levels[place])
            assert rung is not None
            rungs.append((place, rung[2]))
        get = self._values.get(node)
        pair = [self._values.get(one) for one in string_arguments(node)] if is_jaro_winkler(node) else None

        def step(left: Row, right: Row) -> int:
            value = get(left, right, ())
            if value is None:
                return -1
            for place, threshold in rungs:
                if pair is not None and -1e-12 < value - threshold < 1e-12:
                    value = strings.exact_jaro_winkler(pair[0](left, right, ()), pair[1](left, right, ()))
                if compare(value, threshold):
                    return place
            return -1

        return step

    def _adjustment(self, level: ComparisonLevel) -> Adjust | None:
        told = level.adjustment
        if told is None:
            return None
        slot = self._slots.optional(FREQUENCY_PREFIX + told.column)
        weight, minimum, exact = told.weight, told.minimum_u, log2(told.exact_u)

        def adjust(left: Row, right: Row) -> float:
            one, other = left[slot], right[slot]
            if one is None:
                if other is None:
                    return 0.0
                one = other
            elif other is None:
                other = one
            return weight * (exact - log2(max(one, other, minimum)))  # type: ignore[call-overload]

        return adjust


def _unknown(comparison: str, level: ComparisonLevel, error: UnknownPartError, dialect: str) -> UnknownConditionError:
    part = as_written(error.part, level.sql, dialect)
    return UnknownConditionError(comparison, level.label, level.sql, part, error.reason)


def _first(steps: Sequence[Step], left: Row, right: Row) -> int:
    for test, at in steps:
        if at is None:
            found: int = test(left, right)
            if found >= 0:
                return found
        elif test(left, right, ()):
            return at
    raise AssertionError("a comparison has an ELSE level")


def _run(levels: Sequence[ComparisonLevel], at: int) -> int:
    """How many levels from one on hold the same value against a threshold, in the same way."""
    first = _threshold(levels[at])
    run = 1
    while first is not None and at + run < len(levels):
        following = _threshold(levels[at + run])
        if following is None or following[1] is not first[1] or following[0] != first[0]:
            break
        run += 1
    return run


def _threshold(level: ComparisonLevel) -> tuple[exp.Expr, type[exp.Expr], Any] | None:
    """A condition that holds one value against a number: the value, how, and the number."""
    node = level.condition.unnest() if level.condition is not None else None
    if node is None or type(node) not in ORDERINGS:
        return None
    threshold = node.expression.unnest()
    if not isinstance(threshold, exp.Literal) or threshold.is_string:
        return None
    constant = Values(Slots(), "duckdb", one_sided=True).operand(threshold)
    assert isinstance(constant, Constant)
    return node.this.unnest(), type(node), constant.value
