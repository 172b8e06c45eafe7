"""A measure's answer for machines and for readers: figure, n, definition, freshness, comparisons."""

from datetime import datetime
from typing import Any

from casestream.asking import Answer
from casestream.console import print_line, table
from casestream.measuring import Comparisons, Earlier, Figures, Freshness, Question
from casestream.per_head import UNIT as PER_HEAD
from casestream.per_head import Rate
from casestream.periods import told as told_period
from clickhouse.measures.filters import AREA_ROLES
from processors.figures.comparing import Change
from processors.figures.missing import NO_DATA, NOT_AVAILABLE, SUPPRESSED
from processors.figures.rounding import in_a_cell, shown


def as_json(told: Answer) -> dict[str, Any]:
    """One JSON document. Times in UTC; values are not rounded, `shown` is."""
    measure, question = told.question.measure, told.question
    found: dict[str, Any] = {
        "id": measure.id, "title": measure.title, "label": measure.label, "unit": measure.unit, "grain": measure.grain,
        "counted": measure.counted(), "basis": measure.basis, "polarity": measure.polarity,
        "definition": measure.definition, "exclusions": measure.exclusions, "source": measure.source,
        "period": _period(question.period.start, question.period.end),
        "area": {"role": told.areas.role, "values": told.areas.values, "name": told.areas.name},
        "narrowed_to": {name: values for name, values in question.chosen.items() if name != told.areas.role},
        "by": question.by,
        "figures": [
            _figures(question, one, compared) | ({"per_100k": _rate(told.per_100k[at])} if told.per_100k else {})
            for at, (one, compared) in enumerate(zip(told.figures, told.comparisons, strict=True))
        ],
        "freshness": [
            {"agency": one.agency, "arrived_at": _utc(one.arrived_at), "told_at": _utc(one.told_at)}
            for one in told.freshness
        ],
    }  # fmt: skip
    if not measure.each and not question.by:
        only = told.figures[0]
        found |= {
            "value": only.values[measure.headline], "shown": _shown(question, only, measure.headline),
            "missing": only.missing.get(measure.headline), "mature": only.mature,
            "n": only.values.get("n", only.values[measure.headline]), "comparisons": _compared(told.comparisons[0]),
        }  # fmt: skip
    elif told.missing:
        found["missing"] = told.missing
    return found


def _rate(rate: Rate) -> dict[str, Any]:
    return {"value": rate.value, "shown": _shown_rate(rate), "missing": rate.missing or None, "population": rate.year}


def _shown_rate(rate: Rate) -> str:
    return rate.missing if rate.value is None else shown(rate.value, PER_HEAD)


def _period(start: datetime, end: datetime) -> dict[str, str | None]:
    return {"from": _utc(start), "to": _utc(end)}


def _utc(at: datetime | None) -> str | None:
    return None if at is None else at.isoformat(timespec="milliseconds").replace("+00:00", "Z")


def _compared(one: Comparisons) -> dict[str, Any]:
    peers = None
    if one.peers is not None:
        peers = {
            "areas": one.peers.areas, "mean": one.peers.mean, "lowest": one.peers.lowest,
            "highest": one.peers.highest,
        }  # fmt: skip
    return {
        "previous_period": _earlier(one.previous), "same_period_last_year": _earlier(one.year_before), "peers": peers
    }  # fmt: skip


def _figures(question: Question, one: Figures, compared: Comparisons) -> dict[str, Any]:
    values = {
        name: {
            "value": value, "unit": question.measure.units[name], "shown": _shown(question, one, name),
            "missing": one.missing.get(name),
        }
        for name, value in one.values.items()
    }  # fmt: skip
    return {**one.keys, "values": values, "mature": one.mature, "comparisons": _compared(compared)}


def _shown(question: Question, one: Figures, name: str) -> str:
    value = one.values[name]
    return one.missing[name] if value is None else shown(value, question.measure.units[name])


def _earlier(one: Earlier) -> dict[str, Any]:
    change = one.change
    return {
        **_period(one.period.start, one.period.end), "value": one.value,
        "change": None if change is None else change.change, "change_unit": None if change is None else change.unit,
        "direction": None if change is None else change.direction, "better": None if change is None else change.better,
    }  # fmt: skip


def tell(told: Answer) -> None:
    """The answer on the terminal."""
    question, measure = told.question, told.question.measure
    narrowed = [f"{name}: {', '.join(values)}" for name, values in question.chosen.items() if name != told.areas.role]
    role = AREA_ROLES[told.areas.role] if told.areas.values else ""
    print_line(f"{measure.id} {measure.title} ({measure.label})")
    place = f"{told.areas.name} ({role})" if role else told.areas.name
    print_line("; ".join([told_period(question.period), place, *narrowed]))
    single = not measure.each and not question.by
    if single:
        rows = [(_words(name), _shown(question, told.figures[0], name)) for name in measure.values]
        rows += [
            (f"by the population of mid-{rate.year}" if rate.year else PER_HEAD, _shown_rate(rate))
            for rate in told.per_100k
        ]
        table("", ("", ""), rows)
    elif told.figures:
        _table(told)
    else:
        print_line(told.missing)
    if any(not one.mature for one in told.figures):
        print_line("Immature: less than half of this cohort is resolved, so the figure will still move.")
    for line in _lines(told, told.comparisons[0]) if single else ():
        print_line(line)
    print_line("")
    print_line(measure.described())
    print_line(f"Freshness: {fresh(told.freshness)}")


def fresh(found: list[Freshness]) -> str:
    """How far the data of each agency tell."""
    return "; ".join(
        f"{one.agency} tells up to {one.told_at:%-d %B %Y %H:%M} UTC"
        if one.told_at is not None
        else f"{one.agency} has told nothing"
        for one in found
    )


_SHORT = {SUPPRESSED: "suppressed", NO_DATA: "no data", NOT_AVAILABLE: "not available"}


def _table(told: Answer) -> None:
    """The figures under their keys, with the headline of the earlier periods, and of other forces where there are."""
    question, measure = told.question, told.question.measure
    unit = measure.units[measure.headline]
    with_peers = any(one.peers is not None for one in told.comparisons)
    rows = []
    for at, (one, compared) in enumerate(zip(told.figures, told.comparisons, strict=True)):
        others = [compared.previous.value, compared.year_before.value]
        if with_peers:
            others.append(compared.peers.mean if compared.peers is not None else None)
        rows.append((
            *map(_words, one.keys.values()),
            *(
                _SHORT[one.missing[name]] if value is None else in_a_cell(value, measure.units[name])
                for name, value in one.values.items()
            ),
            *(_cell(rate) for rate in told.per_100k[at : at + 1]),
            *("no figure" if value is None else in_a_cell(value, unit) for value in others),
        ))  # fmt: skip
    heads = [*question.keys, *measure.values, *([PER_HEAD] if told.per_100k else [])]
    heads += ["the period before", "a year before"]
    heads += ["other forces, mean"] if with_peers else []
    table("", [_words(name) for name in heads], rows, keys=len(question.keys))


def _cell(rate: Rate) -> str:
    return _SHORT[rate.missing] if rate.value is None else in_a_cell(rate.value, PER_HEAD)


def _lines(told: Answer, compared: Comparisons) -> list[str]:
    unit = told.question.measure.units[told.question.measure.headline]
    lines = []
    for name, one in (("The period before", compared.previous), ("The same a year before", compared.year_before)):
        if one.value is None:
            lines.append(f"{name} ({told_period(one.period)}): no figure")
            continue
        lines.append(f"{name} ({told_period(one.period)}): {shown(one.value, unit)}{_moved(one.change)}")
    if compared.peers is not None:
        other = compared.peers
        lines.append(
            f"Other forces with a figure, {other.areas}: {shown(other.lowest, unit)} to {shown(other.highest, unit)}, "
            f"mean {shown(other.mean, unit)}"
        )
    return lines


def _moved(change: Change | None) -> str:
    if change is None:
        return ""
    if change.direction == "same":
        return "; now the same"
    judged = "" if change.better is None else ", which is better" if change.better else ", which is worse"
    return f"; now {change.direction} {shown(abs(change.change), change.unit)}{judged}"


def _words(name: str) -> str:
    return name.replace("_", " ")
