"""One figure beside another: the change, its direction and whether that is better, and the spread of the peers.

The change is worked out before rounding, its direction is that of the rounded change, and a change of per cent is in
percentage points (CJS Delivery Data Dashboard data quality note, November 2022, page 7). It is no test of significance.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import fmean
from typing import Literal

from processors.figures.rounding import PER_CENT, rounded

Direction = Literal["up", "down", "same"]
Polarity = Literal["higher_is_better", "lower_is_better", "neutral"]


@dataclass(frozen=True, slots=True)
class Change:
    """From an earlier figure to a later: `change` in `unit` (percentage points, or per cent of the earlier figure).
    `better` is None where the measure has no polarity, or nothing changed."""

    change: float
    unit: str
    direction: Direction
    better: bool | None


def change(later: float | None, earlier: float | None, unit: str, polarity: Polarity) -> Change | None:
    """The change between two figures of a unit; None where one is missing, or a share of nought would be asked."""
    if later is None or earlier is None:
        return None
    if unit == PER_CENT:
        moved, moved_in = later - earlier, "percentage points"
    elif earlier == 0:
        return None
    else:
        moved, moved_in = 100 * (later - earlier) / abs(earlier), PER_CENT
    seen = rounded(moved, moved_in)
    direction: Direction = "up" if seen > 0 else "down" if seen < 0 else "same"
    better = (
        None
        if direction == "same" or polarity == "neutral"
        else ((direction == "up") == (polarity == "higher_is_better"))
    )
    return Change(moved, moved_in, direction, better)


@dataclass(frozen=True, slots=True)
class Peers:
    """The figures of other areas: how many have one, their mean, lowest and highest."""

    areas: int
    mean: float
    lowest: float
    highest: float


def peers(figures: Sequence[float | None]) -> Peers | None:
    """The spread of other areas' figures; None where none has one."""
    known = [figure for figure in figures if figure is not None]
    if not known:
        return None
    return Peers(len(known), fmean(known), min(known), max(known))
