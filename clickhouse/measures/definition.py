"""A measure: what its file says, and the statements that it gives."""

import re
from collections.abc import Collection
from dataclasses import dataclass
from typing import Literal, get_args

from clickhouse.measures.filters import DIMENSIONS, with_shared

Label = Literal["published definition", "linked cohort", "live proxy"]
Period = Literal["event", "closed", "cohort", "snapshot"]
Polarity = Literal["higher_is_better", "lower_is_better", "neutral"]

_PERIODS: dict[Period, str] = {
    "event": "each at its own date",
    "closed": "in the period in which it ended",
    "cohort": "in the period in which it began, as far as it got by now",
    "snapshot": "as it stood at the end of the period",
}


@dataclass(frozen=True, slots=True)
class Measure:
    """A measure's definition.

    `values`: name -> SQL expression over the items; the first is the headline; `units`: the unit of each.
    `each`: the columns under which the values are told one by one (a stage, a reason), a number to order by first;
    empty for a measure of one figure. `by`: the dimensions that its items have. `words`: what people call it.
    `agencies`: those whose data it is counted from, that of the items first.
    `per_100k`: `yes` for a volume that is also told for each 100,000 people of the force areas.
    `supplied`, `mature`: SQL expressions over the items that are 0 where the source did not say what is needed, and
    while a cohort is too young to be judged.
    """

    id: str
    title: str
    grain: str
    period: Period
    basis: str
    polarity: Polarity
    unit: str
    label: Label
    agencies: tuple[str, ...]
    by: tuple[str, ...]
    each: tuple[str, ...]
    words: tuple[str, ...]
    definition: str
    exclusions: str
    source: str
    supplied: str
    mature: str
    per_100k: str
    values: dict[str, str]
    units: dict[str, str]
    items: str

    @property
    def headline(self) -> str:
        """The name of the value that stands for the measure."""
        return next(iter(self.values))

    def described(self) -> str:
        """The definition as a reader of a panel sees it."""
        parts = [self.definition]
        if self.exclusions:
            parts.append(f"Left out: {self.exclusions}")
        parts.append(f"Counted: {self.grain}. Date: {self.basis}. {self.label.capitalize()}. Source: {self.source}")
        return "\n\n".join(parts)

    def counted(self) -> str:
        """How items come into a period."""
        return _PERIODS[self.period]

    def value(self, name: str, divided_by: Collection[str] = ()) -> str:
        """The expression of a value. A share of a whole is one of each part where the caller divides by more than the
        measure does: files write `PARTITION BY 1` where the whole is all items."""
        if not divided_by:
            return self.values[name]
        return self.values[name].replace("PARTITION BY 1", f"PARTITION BY {', '.join(divided_by)}")

    def rows(self, filters: Collection[str], divided_by: Collection[str] = ()) -> str:
        """The statement of the items in the period, filtered by the variables of these names that the measure has, with
        what it takes to divide them by those names."""
        wanted = [DIMENSIONS[name] for name in self.by if name in filters]
        joins = [DIMENSIONS[name].join for name in self.by if name in divided_by and DIMENSIONS[name].join]
        conditions = [f"$__conditionalAll({one.condition}, ${one.name})" for one in wanted]
        if self.period != "snapshot":
            conditions = [_IN_PERIOD, *conditions]
        if not conditions and not joins:
            return self.items
        inner = "\n".join(f"    {line}" for line in self.items.splitlines())
        found = f"SELECT *\nFROM\n(\n{inner}\n)"
        if joins:
            found += "\n".join((" AS items", *joins))
        return found + ("\nWHERE " + "\n    AND ".join(conditions) if conditions else "")


_IN_PERIOD = "at >= $__fromTime AND at < $__toTime + INTERVAL 1 SECOND"
"""Boards and commands give whole seconds: the last one belongs to the period to its end."""


class MeasureError(ValueError):
    """A measure's file lacks a field, or has one that is not known or is wrong."""


_NEEDED = (
    "id", "title", "grain", "period", "basis", "polarity", "unit", "label", "agencies", "definition", "source",
)  # fmt: skip
_OPTIONAL = ("by", "each", "words", "exclusions", "supplied", "mature", "per_100k")
_HEADER = re.compile(r"-- (?P<name>[a-z0-9_]+)(?: (?P<which>[a-z0-9_]+))?(?: \((?P<unit>[^)]+)\))?: (?P<text>.+)")
_CHOICES: dict[str, tuple[str, ...]] = {
    "period": get_args(Period), "polarity": get_args(Polarity), "label": get_args(Label),
    "per_100k": ("yes",),
}  # fmt: skip


def parse(text: str) -> Measure:
    """A measure's file: header lines `-- field: text` and `-- value name (unit): expression` (a line `--   text` goes
    on), then the statement of its items. Raises MeasureError."""
    header: dict[str, str] = {}
    values: dict[str, str] = {}
    units: dict[str, str] = {}
    lines = text.splitlines()
    at = 0
    last: tuple[dict[str, str], str] | None = None
    while at < len(lines) and lines[at].startswith("--"):
        line = lines[at]
        at += 1
        if line.startswith("--   ") and last is not None:
            fields, name = last
            fields[name] += " " + line[5:].strip()
            continue
        found = _HEADER.fullmatch(line)
        if found is None:
            raise MeasureError(f"not a header line: {line!r}")
        name, which, unit, value = found.group("name", "which", "unit", "text")
        if name == "value" and which:
            values[which] = value
            units[which] = unit or header.get("unit", "")
            last = (values, which)
        elif name in (*_NEEDED, *_OPTIONAL):
            header[name] = value
            last = (header, name)
        else:
            raise MeasureError(f"unknown field {name!r}")
    return _checked(header, values, units, "\n".join(lines[at:]).strip().rstrip(";"))


def _checked(header: dict[str, str], values: dict[str, str], units: dict[str, str], items: str) -> Measure:
    named = header.get("id", "?")
    lacking = [name for name in _NEEDED if name not in header]
    if lacking or not values or not items:
        raise MeasureError(f"measure {named} lacks {', '.join(lacking) or ('items' if values else 'value')}")
    for name, choices in _CHOICES.items():
        if name in header and header[name] not in choices:
            raise MeasureError(f"measure {named}: {name} is {header[name]!r}, not one of {', '.join(choices)}")
    lists = {name: _listed(header.pop(name, "")) for name in ("agencies", "by", "each", "words")}
    unknown = [name for name in lists["by"] if name not in DIMENSIONS]
    if unknown:
        raise MeasureError(f"measure {named}: by has {unknown[0]!r}, which is no dimension")
    for name in _OPTIONAL:
        if name not in lists:
            header.setdefault(name, "")
    return Measure(**header, **lists, values=values, units=units, items=with_shared(items))  # type: ignore[arg-type]


def _listed(text: str) -> tuple[str, ...]:
    return tuple(word.strip() for word in text.split(",") if word.strip())
