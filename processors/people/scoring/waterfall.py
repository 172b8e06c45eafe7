"""A score with its reasons: from the prior, comparison by comparison, to the match weight. To be drawn or printed.

It names comparisons and levels, never the values that were compared.
"""

from dataclasses import dataclass
from math import exp2

from processors.people.scoring.scorer import Scorer
from processors.people.scoring.slots import Row


@dataclass(frozen=True, slots=True)
class Bar:
    """What one comparison adds, in bits. `vector_value` is Splink's number of the level, -1 when nothing can be
    compared; `frequency_adjustment` is part of the sum beside `weight`."""

    comparison: str
    level: str
    vector_value: int
    weight: float
    frequency_adjustment: float


@dataclass(frozen=True, slots=True)
class Waterfall:
    """A scored pair: the prior's weight, the bars in the model's order, and their sum."""

    prior_weight: float
    bars: tuple[Bar, ...]
    match_weight: float

    @property
    def match_probability(self) -> float:
        """The probability that the two records are of one person, if model and prior are right."""
        return probability(self.match_weight)


def probability(match_weight: float) -> float:
    """The probability that a match weight (bits) stands for."""
    if match_weight >= 0:
        return 1.0 / (1.0 + exp2(-match_weight))
    odds = exp2(max(match_weight, -1_074.0))
    return odds / (1.0 + odds)


def waterfall(scorer: Scorer, left: Row, right: Row) -> Waterfall:
    """A pair's score with its reasons; its weight is `scorer.weight` of the same pair."""
    bars = []
    total = scorer.model.prior_weight
    for comparison, part in zip(scorer.model.comparisons, scorer.parts(left, right), strict=True):
        level = comparison.levels[part.level]
        bars.append(Bar(comparison.name, level.label, level.vector_value, part.weight, part.adjustment))
        total += part.weight
        total += part.adjustment
    return Waterfall(scorer.model.prior_weight, tuple(bars), total)


def render(chart: Waterfall, width: int = 40) -> str:
    """The waterfall as text: a line a comparison, the running weight as a bar between the least and the greatest."""
    running, at = [chart.prior_weight], chart.prior_weight
    for bar in chart.bars:
        at += bar.weight + bar.frequency_adjustment
        running.append(at)
    low, high = min(0.0, *running), max(0.0, *running)
    scale = (width - 1) / (high - low) if high > low else 0.0

    def place(weight: float) -> int:
        return round((weight - low) * scale)

    def line(name: str, step: float, start: float, end: float, level: str) -> str:
        left, right = sorted((place(start), place(end)))
        drawn = " " * left + ("█" if step >= 0 else "░") * max(right - left, 1)
        return f"{name:<24.24} {step:>+9.2f}  {drawn:<{width}.{width}}  {level}".rstrip()

    lines = [line("prior", chart.prior_weight, 0.0, chart.prior_weight, "two random records")]
    for bar, start, end in zip(chart.bars, running, running[1:], strict=False):
        level = bar.level
        if bar.frequency_adjustment:
            level += f" (term frequency {bar.frequency_adjustment:+.2f})"
        lines.append(line(bar.comparison, bar.weight + bar.frequency_adjustment, start, end, level))
    total = chart.match_weight
    lines.append(line("match weight", total, 0.0, total, f"p = {chart.match_probability:.8f}"))
    return "\n".join(lines)
