"""Chance that is the same on every platform: additions and multiplications on one Mersenne twister, no logarithms."""

from bisect import bisect_right
from collections.abc import Sequence
from random import Random
from typing import Generic, NamedTuple, TypeVar

from simulator.days import DAY

T = TypeVar("T")


class Weighted(Generic[T]):
    """Values, each as likely as its weight."""

    __slots__ = ("_ends", "_total", "_values")

    def __init__(self, weights: Sequence[tuple[T, float]]) -> None:
        self._values = [value for value, _ in weights]
        self._ends: list[float] = []
        self._total = 0.0
        for _, weight in weights:
            self._total += weight
            self._ends.append(self._total)

    def at(self, chance: float) -> T:
        """The value at a chance of 0 to 1."""
        return self._values[min(bisect_right(self._ends, chance * self._total), len(self._values) - 1)]


class Spread(NamedTuple):
    """A duration in days: at 0, 10, 25, 50, 75, 90 and 100 in a hundred; straight lines between. `source` says where
    its middle comes from."""

    points: tuple[float, float, float, float, float, float, float]
    source: str


_MARKS = (0.0, 0.1, 0.25, 0.5, 0.75, 0.9, 1.0)


class Dice:
    """One case's chance."""

    __slots__ = ("bits", "roll")

    def __init__(self, seed: int) -> None:
        source = Random(seed)
        self.roll = source.random
        self.bits = source.getrandbits

    def chance(self, share: float) -> bool:
        """True as often as the share says."""
        return self.roll() < share

    def pick(self, values: Sequence[T]) -> T:
        """Any of the values."""
        return values[int(self.roll() * len(values))]

    def whole(self, low: int, high: int) -> int:
        """A whole number, both ends included."""
        return low + int(self.roll() * (high - low + 1))

    def of(self, weighted: Weighted[T]) -> T:
        """One of weighted values."""
        return weighted.at(self.roll())

    def spell(self, spread: Spread) -> int:
        """A duration in seconds, to the minute."""
        chance = self.roll()
        points = spread.points
        index = 0
        while index < 5 and chance >= _MARKS[index + 1]:
            index += 1
        low, high = _MARKS[index], _MARKS[index + 1]
        days = points[index] + (points[index + 1] - points[index]) * (chance - low) / (high - low)
        return int(days * DAY) // 60 * 60

    def uuid(self) -> str:
        """An id as the courts' systems make them."""
        digits = f"{self.bits(128):032x}"
        return f"{digits[:8]}-{digits[8:12]}-4{digits[13:16]}-a{digits[17:20]}-{digits[20:]}"
