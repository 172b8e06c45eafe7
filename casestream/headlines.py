"""The board's headline figures in the terminal: the same measures and statements as the board's, over three years."""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final

from casestream.measuring import Question, answer
from clickhouse.measures import measures
from clickhouse.store import Store
from grafana.macros import Period
from grafana.times import moment
from processors.figures.rounding import shown

SHOWN: Final = ("P01", "C06", "T01", "P10", "T05")
PERIOD: Final = ("now-3y", "now")


@dataclass(frozen=True, slots=True)
class Headline:
    """A measure's figure as it is shown, or the reason why there is none."""

    measure: str
    title: str
    told: str


def headlines(store: Store, now: datetime | None = None) -> list[Headline]:
    """The headline of each measure that is shown, over the last three years. Raises StoreError."""
    at = now or datetime.now(UTC)
    period = Period(moment(PERIOD[0], at), moment(PERIOD[1], at))
    found = []
    for measure_id in SHOWN:
        measure = measures()[measure_id]
        name = measure.headline
        figures = answer(store, Question(measure, period))[0]
        value = figures.values[name]
        told = figures.missing[name] if value is None else shown(value, measure.unit)
        title = measure.title if name in ("value", measure.unit) else f"{measure.title}: {name.replace('_', ' ')}"
        found.append(Headline(measure_id, title, told))
    return found
