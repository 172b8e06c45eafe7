"""Volumes of the police and the CPS for each 100,000 people, as the CJS Delivery Data Dashboard gives them (data
quality note, November 2022, page 8): over a year or at a moment, by the mid-year population of police force areas."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from casestream.measuring import Figures, Question
from clickhouse.queries import read
from clickhouse.store import Store
from processors.figures.missing import NOT_AVAILABLE
from schemas.areas import FORCES, areas_of

UNIT = "per 100,000 people"
_PARTS = frozenset({"", "force", "offence_group", "offence_subgroup", "flag"})
"""What a figure may be narrowed to or divided by: the young, or women, are a population that no list gives."""
_YEAR = (timedelta(days=364), timedelta(days=367))


@dataclass(frozen=True, slots=True)
class Rate:
    """The headline for each 100,000 people of the mid-year population of `year`; where there is none, why."""

    value: float | None
    missing: str = ""
    year: int | None = None


def told_per_head(question: Question) -> bool:
    """Whether the figures have such a rate: a volume of force areas, in a year or at a moment."""
    measure, (start, end) = question.measure, question.period
    over_a_year = measure.period == "snapshot" or _YEAR[0] <= end - start <= _YEAR[1]
    narrowed = {name for name, values in question.chosen.items() if values}
    return bool(measure.per_100k) and over_a_year and question.by in _PARTS and narrowed <= _PARTS


def rates(store: Store, question: Question, figures: list[Figures]) -> list[Rate]:
    """The rate of each of the figures, in their order; none where `told_per_head` says so. Raises StoreError."""
    if not told_per_head(question):
        return []
    population: dict[int, dict[str, int]] = {}
    for force, year, people in store.query(read("population"), {"latest": question.period.end.year}):
        population.setdefault(int(str(year)), {})[str(force)] = int(str(people))
    chosen = question.chosen.get("force") or [number for number in FORCES if areas_of(number, "board")]
    found = []
    for one in figures:
        forces = [one.keys["force"]] if question.by == "force" else chosen
        found.append(_rate(one, question.measure.headline, forces, population))
    return found


def _rate(one: Figures, headline: str, forces: Sequence[str], population: dict[int, dict[str, int]]) -> Rate:
    value = one.values[headline]
    if value is None:
        return Rate(None, one.missing[headline])
    for year in sorted(population, reverse=True):
        people = [population[year].get(number) for number in forces]
        if all(people):
            return Rate(100_000 * value / sum(filter(None, people)), year=year)
    return Rate(None, NOT_AVAILABLE)
