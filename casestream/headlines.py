"""The board's headline figures in the terminal: the same measures and statements as the board's, over three years."""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final

from clickhouse.measures import measures
from clickhouse.store import Store
from grafana.boards.common import headline
from grafana.macros import Period, expand
from grafana.times import moment

SHOWN: Final = ("P01", "C06", "T01", "P10", "T05")
PERIOD: Final = ("now-3y", "now")

_NO_FILTER: Final[dict[str, tuple[str, ...]]] = {"force": (), "offence_group": ()}


@dataclass(frozen=True, slots=True)
class Headline:
    """A measure's figure; None where there is nothing to count."""

    measure: str
    title: str
    value: float | None
    unit: str


def headlines(store: Store, now: datetime | None = None) -> list[Headline]:
    """The headline of each measure that is shown, over the last three years. Raises StoreError."""
    at = now or datetime.now(UTC)
    period = Period(moment(PERIOD[0], at), moment(PERIOD[1], at))
    found = []
    for measure_id in SHOWN:
        measure = measures()[measure_id]
        name = next(iter(measure.values))
        rows = store.query(expand(headline(measure_id, {"value": name}), period, _NO_FILTER), {})
        value = rows[0][0] if rows else None
        known = None if value is None or value != value else float(str(value))
        title = measure.title if name in ("value", measure.unit) else f"{measure.title}: {name.replace('_', ' ')}"
        found.append(Headline(measure_id, title, known, measure.unit))
    return found
