"""The model that an instance scores people by is fixed with its first run: rows that were scored by another would not
compare. A number in `link_rules` names it, as the other rules are kept there."""

from collections.abc import Mapping
from typing import Any, Final

from clickhouse.queries import read
from clickhouse.store import Store
from processors.people.cleaning.frequencies import NO_FREQUENCIES
from processors.people.model import read_settings, standard
from processors.people.scoring.pairs import PairScorer
from streams.rules import fixed_rule

CURRENT: Final = 1
"""The model of a new instance."""

MODELS: Final[Mapping[int, tuple[str, Mapping[str, Any]]]] = {1: (standard.NAME, standard.SETTINGS)}
"""Every model that an instance may have begun with: never taken away, never changed."""


class UnknownModelError(RuntimeError):
    """The instance scores people by a model that this version of casestream has not: `number` in link_rules."""

    def __init__(self, number: int) -> None:
        super().__init__(f"link_rules: people_model is {number}, which this version does not know: update casestream")
        self.number = number


def people_scorer(store: Store) -> tuple[str, PairScorer]:
    """The name of the instance's model, and what scores by it under its snapshot of term frequencies (none so far).
    Raises UnknownModelError."""
    return _scorer(fixed_rule(store, "people_model", CURRENT))


def scorer_in_force(store: Store) -> tuple[str, PairScorer]:
    """The same for one who only looks: nothing is fixed by it. Raises UnknownModelError."""
    kept = store.query(read("link_rule"), {"name": "people_model"})
    return _scorer(int(str(kept[0][0])) if kept else CURRENT)


def _scorer(number: int) -> tuple[str, PairScorer]:
    if number not in MODELS:
        raise UnknownModelError(number)
    name, settings = MODELS[number]
    return name, PairScorer(read_settings(settings), NO_FREQUENCIES)
