"""A question as the options of a command put it -> what the store is asked."""

from dataclasses import dataclass
from datetime import UTC, datetime

from casestream import areas, offences
from casestream.areas import Areas
from casestream.errors import UserError
from casestream.measuring import Comparisons, Figures, Freshness, Question, answer, compare, ever_told, freshness
from casestream.nearest import nearest, unknown
from casestream.per_head import Rate, rates
from casestream.periods import period_of
from clickhouse.measures import NOT_BUILT, Measure, measures
from clickhouse.measures.filters import DIMENSIONS
from clickhouse.store import Store
from processors.cases.flags.rule_set import BUILT_IN_RULES
from processors.figures.missing import NO_DATA, NOT_AVAILABLE

KNOWN_FLAGS = tuple(BUILT_IN_RULES.rules)
"""Priority flags that come with a rule; local rules and agencies may set others."""


DEFAULT_PERIOD = ("now-1y", "now")


@dataclass(frozen=True, slots=True)
class Narrowed:
    """What a figure is narrowed to, as the caller wrote it."""

    area: tuple[str, ...] = ()
    role: str = "force"
    start: str = DEFAULT_PERIOD[0]
    end: str = DEFAULT_PERIOD[1]
    offence: tuple[str, ...] = ()
    flag: tuple[str, ...] = ()
    where: tuple[str, ...] = ()
    by: str = ""
    shareable: bool = False


def measure_of(name: str) -> Measure:
    """A measure by its id, in capitals or not. UserError for one that is not known, or not built, with why."""
    known = measures()
    by_id = {one.lower(): one for one in (*known, *NOT_BUILT)}
    found = by_id.get(name.strip().lower())
    if found is None:
        titles = {one.title: one.id for one in known.values()}
        offered = [f"{titles[title]} {title}" for title in nearest(name, titles)]
        ids = nearest(name, by_id.values())
        hint = ", ".join([known[one].id + " " + known[one].title for one in ids if one in known][:1] + offered[:2])
        raise UserError(f"measure {name!r}: there is no such measure; the nearest: {hint}")
    if found in NOT_BUILT:
        raise UserError(f"measure {found} ({NOT_BUILT[found].title}) is not built: {NOT_BUILT[found].reason}")
    return known[found]


def question_of(
    store: Store, measure: Measure, narrowed: Narrowed, now: datetime | None = None
) -> tuple[Question, Areas]:
    """The question, and the areas that it is about. UserError for what is not known or what the measure cannot be
    narrowed to."""
    at = now or datetime.now(UTC)
    period = period_of(narrowed.start, narrowed.end, at)
    where = areas.resolve(store, list(narrowed.area), narrowed.role, measure)
    chosen: dict[str, tuple[str, ...]] = {where.role: where.values} if where.values else {}
    chosen |= offences.resolve(list(narrowed.offence)) | _flags(store, narrowed.flag)
    for text in narrowed.where:
        name, _, value = text.partition("=")
        if not value or name not in DIMENSIONS:
            raise unknown("--where", text, measure.by, f"filter; write NAME=VALUE with one of {', '.join(measure.by)}")
        chosen[name] = (*chosen.get(name, ()), value)
    for name in (*chosen, *((narrowed.by,) if narrowed.by else ())):
        if name not in measure.by:
            raise UserError(
                f"measure {measure.id} cannot be narrowed to or divided by {name!r}: "
                f"it has {', '.join(measure.by) or 'nothing to narrow it to'}"
            )
    return Question(measure, period, chosen, narrowed.by, narrowed.shareable), where


def _flags(store: Store, names: tuple[str, ...]) -> dict[str, tuple[str, ...]]:
    if not names:
        return {}
    plain = tuple(name.strip().lower().replace(" ", "_").replace("-", "_") for name in names)
    if set(plain) - set(KNOWN_FLAGS):
        told = store.query("SELECT DISTINCT flag FROM casestream.case_flags FINAL", {})
        known = {*KNOWN_FLAGS, *(str(flag) for (flag,) in told)}
        for name in plain:
            if name not in known:
                raise unknown("--flag", name, known, "priority flag")
    return {"flag": plain}


@dataclass(frozen=True, slots=True)
class Answer:
    """Everything that is told of one measure: figures, each with its comparisons and, where it has one, its rate for
    each 100,000 people, and the freshness of the data.
    `missing` says why there is no figure at all, of a measure that is told part by part."""

    question: Question
    areas: Areas
    figures: list[Figures]
    comparisons: list[Comparisons]
    freshness: list[Freshness]
    per_100k: list[Rate]
    missing: str = ""


def answered(store: Store, measure: Measure, narrowed: Narrowed) -> Answer:
    """A measure's answer. Raises UserError for what `question_of` refuses, and StoreError."""
    question, where = question_of(store, measure, narrowed)
    found = answer(store, question)
    missing = "" if found else NO_DATA if ever_told(store, question) else NOT_AVAILABLE
    compared, fresh = compare(store, question, found), freshness(store, measure)
    return Answer(question, where, found, compared, fresh, rates(store, question, found), missing)
