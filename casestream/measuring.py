"""Running a measure: figures with their reasons where there are none, comparisons, freshness. Read-only."""

import math
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime

from casestream.periods import before, year_before
from clickhouse.measures import Measure
from clickhouse.measures.filters import DIMENSIONS
from clickhouse.store import Store
from grafana.boards.common import grouped, headline, monthly
from grafana.macros import Period, expand
from processors.figures.comparing import Change, Peers, change, peers
from processors.figures.missing import NO_DATA, NOT_AVAILABLE, SUPPRESSED
from processors.figures.suppress import hidden


@dataclass(frozen=True, slots=True)
class Question:
    """A measure, a period, and what it is narrowed to: dimension -> values. `by` divides it by one more dimension;
    `shareable` suppresses small numbers whatever it is cut by."""

    measure: Measure
    period: Period
    chosen: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    by: str = ""
    shareable: bool = False

    @property
    def keys(self) -> tuple[str, ...]:
        """The columns under which the figures are told, without a number that only orders them."""
        names = (*self.measure.each, self.by) if self.by else self.measure.each
        return tuple(name for name in names if name != "number")

    @property
    def protected(self) -> bool:
        """Whether the figures are cut by a characteristic of people."""
        cut = [self.by, *self.measure.each, *(name for name, values in self.chosen.items() if values)]
        return any(name in DIMENSIONS and DIMENSIONS[name].protected for name in cut)


@dataclass(frozen=True, slots=True)
class Figures:
    """Values of a measure under one key (none for a measure of one figure). A value that is None has its reason in
    `missing`. `mature` is False for a cohort that is too young to be judged."""

    keys: dict[str, str]
    values: dict[str, float | None]
    missing: dict[str, str]
    mature: bool = True


def answer(store: Store, question: Question) -> list[Figures]:
    """The figures in their order. Raises StoreError."""
    measure = question.measure
    groups = {name: name for name in measure.each}
    if question.by:
        groups[question.by] = DIMENSIONS[question.by].groups
    # the numbers beside the values have names of their own, which no file may use
    beside = {"items_": "count()", "supplied_": measure.supplied or "1", "mature_": measure.mature or "1"}
    asked = replace(measure, values=measure.values | beside)
    names = {name: name for name in asked.values}
    used = tuple(question.chosen)  # a filter that is not asked for may cost a join
    sql = grouped(asked, names, groups, used) if groups else headline(asked, names, used)
    rows = store.query_columns(_expanded(sql, question), {})
    found = [
        _figures(question, {name: column[at] for name, column in rows.items()}) for at in range(len(rows["items_"]))
    ]
    if not groups and rows["items_"][0] == 0 and not ever_told(store, question):
        found = [_without(found[0], NOT_AVAILABLE)]
    if question.protected or question.shareable:
        found = _suppressed(question, found)
    return found


def _figures(question: Question, row: Mapping[str, object]) -> Figures:
    supplied = bool(row["supplied_"]) or not row["items_"]
    values: dict[str, float | None] = {}
    missing: dict[str, str] = {}
    for name in question.measure.values:
        value = _number(row[name])
        if value is None:
            missing[name] = NO_DATA if supplied else NOT_AVAILABLE
        values[name] = value
    keys = {name: str(row[name]) for name in question.keys}
    return Figures(keys, values, missing, bool(row["mature_"]) or not row["items_"])


def _number(value: object) -> float | None:
    if value is None:
        return None
    if isinstance(value, datetime):
        return value.timestamp()
    number = float(str(value))
    return int(number) if isinstance(value, int) else number if math.isfinite(number) else None


def _without(figures: Figures, reason: str) -> Figures:
    return replace(figures, values=dict.fromkeys(figures.values), missing=dict.fromkeys(figures.values, reason))


_EVER_IN_AN_AREA = "SELECT 1 FROM casestream.cases FINAL WHERE has(agencies, {agency:String})"
_EVER_AT_ALL = "SELECT 1 FROM casestream.feed_messages WHERE agency = {agency:String} LIMIT 1"


def ever_told(store: Store, question: Question) -> bool:
    """Whether the agency that the items come from ever told of a case in the area that is asked about."""
    agency = {"agency": question.measure.agencies[0]}
    areas = [DIMENSIONS[name] for name in ("force", "cps_area", "court") if question.chosen.get(name)]
    conditions = "".join(f" AND {one.condition}" for one in areas)
    if store.query(_expanded(f"{_EVER_IN_AN_AREA}{conditions} LIMIT 1", question), agency):
        return True
    return not areas and bool(store.query(_EVER_AT_ALL, agency))


def _suppressed(question: Question, found: list[Figures]) -> list[Figures]:
    names = hidden([one.values for one in found], question.measure.units)
    return [
        replace(
            one,
            values={name: None if name in hide else value for name, value in one.values.items()},
            missing=one.missing | {name: SUPPRESSED for name in hide if one.values[name] is not None},
        )
        for one, hide in zip(found, names, strict=True)
    ]


def _expanded(sql: str, question: Question) -> str:
    values = {name: tuple(question.chosen.get(name, ())) for name in DIMENSIONS}
    return expand(sql, question.period, values)


def by_month(store: Store, question: Question) -> list[tuple[date, Figures]]:
    """The figures of a measure of one figure by whole calendar month of Europe/London. ValueError for a snapshot."""
    measure = question.measure
    sql = monthly(measure, tuple(measure.values), tuple(question.chosen))
    rows = store.query_columns(_expanded(sql, question), {})
    found = []
    for at in range(len(rows["month"])):
        values = {name: _number(rows[name][at]) for name in measure.values}
        found.append(Figures({}, values, {name: NO_DATA for name, value in values.items() if value is None}))
    if question.protected or question.shareable:
        found = _suppressed(question, found)
    return list(zip(rows["month"], found, strict=True))


@dataclass(frozen=True, slots=True)
class Earlier:
    """The same measure of another period, and the change from it."""

    period: Period
    value: float | None
    change: Change | None


@dataclass(frozen=True, slots=True)
class Comparisons:
    """The headline beside the period before, the same period of the year before, and other forces (None where no
    force was asked about, or the figures are those of forces)."""

    previous: Earlier
    year_before: Earlier
    peers: Peers | None


def compare(store: Store, question: Question, now: list[Figures]) -> list[Comparisons]:
    """The comparisons of each of the figures, in their order. What is suppressed or missing then has no figure."""
    measure = question.measure
    name = measure.headline
    unit = measure.units[name]
    periods = before(question.period), year_before(question.period)
    then = [_headlines(answer(store, replace(question, period=period)), name) for period in periods]
    others = _others(store, question)

    def earlier(at: int, one: Figures) -> Earlier:
        told = then[at].get(tuple(one.keys.values()))
        return Earlier(periods[at], told, change(one.values[name], told, unit, measure.polarity))

    return [
        Comparisons(earlier(0, one), earlier(1, one), peers(others.get(tuple(one.keys.values()), []))) for one in now
    ]


def _headlines(figures: list[Figures], name: str) -> dict[tuple[str, ...], float | None]:
    return {tuple(one.keys.values()): one.values[name] for one in figures}


def _others(store: Store, question: Question) -> dict[tuple[str, ...], list[float | None]]:
    """The headlines of other forces in the same period, narrowed in the same way, under the keys of the figures."""
    own = question.chosen.get("force", ())
    if not own or question.by or "force" not in question.measure.by:
        return {}
    chosen = {name: values for name, values in question.chosen.items() if name != "force"}
    found: dict[tuple[str, ...], list[float | None]] = {}
    for one in answer(store, replace(question, chosen=chosen, by="force")):
        if one.keys["force"] not in (*own, ""):
            key = tuple(value for name, value in one.keys.items() if name != "force")
            found.setdefault(key, []).append(one.values[question.measure.headline])
    return found


@dataclass(frozen=True, slots=True)
class Freshness:
    """How far an agency's data tell: when its newest message arrived, and the newest time that it tells. UTC."""

    agency: str
    arrived_at: datetime | None
    told_at: datetime | None


def freshness(store: Store, measure: Measure) -> list[Freshness]:
    """The freshness of the agencies that a measure is counted from; an agency that never told anything has none."""
    rows = store.query(
        "SELECT agency, max(received_at), max(time) FROM casestream.feed_messages"
        " WHERE agency IN {agencies:Array(String)} GROUP BY agency",
        {"agencies": list(measure.agencies)},
    )
    known = {str(agency): (arrived, told) for agency, arrived, told in rows}
    return [Freshness(agency, *map(_utc, known.get(agency, (None, None)))) for agency in measure.agencies]


def _utc(value: object) -> datetime | None:
    return value.replace(tzinfo=UTC) if isinstance(value, datetime) and value.year > 1970 else None
