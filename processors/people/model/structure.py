"""What a Fellegi-Sunter model is made of. Names are Splink's.

Match weights are log2(m / u), in bits; `m` is the probability of a level among matches, `u` among non-matches.
Source: Splink, topic guide "The Fellegi-Sunter model".
"""

from dataclasses import dataclass
from math import log2

from sqlglot import exp

SMALLEST_PROBABILITY = 1e-300
"""m and u are held above it, as Splink does, so that a weight is always finite."""


@dataclass(frozen=True, slots=True)
class TermFrequencyAdjustment:
    """A rare value that agrees is worth more: `weight` * log2(`exact_u` / frequency) bits, the frequency being the
    greater of the two records' and at least `minimum_u`. `exact_u` is the u probability of the exact match."""

    column: str
    weight: float
    minimum_u: float
    exact_u: float


@dataclass(frozen=True, slots=True)
class ComparisonLevel:
    """One degree of agreement. `condition` is None for the level of all that is left (ELSE). `vector_value` is
    Splink's number of the level: -1 for null levels, 0 the lowest, and so on upwards."""

    label: str
    sql: str
    condition: exp.Expr | None
    is_null_level: bool
    vector_value: int
    m: float
    u: float
    adjustment: TermFrequencyAdjustment | None

    @property
    def weight(self) -> float:
        """Bits for (or against) a match when a pair falls in this level, before the term frequency."""
        if self.is_null_level:
            return 0.0
        return log2(max(self.m, SMALLEST_PROBABILITY) / max(self.u, SMALLEST_PROBABILITY))


@dataclass(frozen=True, slots=True)
class Comparison:
    """What is compared, and its levels: the first whose condition is true is the pair's."""

    name: str
    levels: tuple[ComparisonLevel, ...]


@dataclass(frozen=True, slots=True)
class Model:
    """A whole model. `prior` is the probability that two random records match. `blocking_rules` are as the settings
    have them: SQL, and the columns whose arrays are exploded. `dialect` is sqlglot's name of the conditions' SQL."""

    comparisons: tuple[Comparison, ...]
    prior: float
    blocking_rules: tuple[tuple[str, tuple[str, ...]], ...]
    dialect: str

    @property
    def prior_weight(self) -> float:
        """The match weight, in bits, of a pair of which nothing is known."""
        return log2(self.prior / (1 - self.prior))

    @property
    def frequency_columns(self) -> tuple[str, ...]:
        """The columns whose term frequencies adjust a weight, each once."""
        found = (
            level.adjustment.column
            for comparison in self.comparisons
            for level in comparison.levels
            if level.adjustment is not None
        )
        return tuple(dict.fromkeys(found))
