"""Measures, each defined once: `<id>_<name>.sql` holds its metadata and the items that it counts.

The statement gives one row for each counted item (crime, proceeding, court case, trial listing ...) in the period and
the area asked for, with `at`, `force`, `offence_group` and what the values need; the header's `value` lines say how a
set of items becomes a figure. Period and filters are the macros of Grafana's ClickHouse plugin, so a panel holds the
statement as it is; `grafana.macros` expands them where there is no Grafana.
"""

import re
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Literal

Label = Literal["published definition", "linked cohort", "live proxy"]


@dataclass(frozen=True, slots=True)
class Measure:
    """A measure's definition. `values`: name -> SQL expression over the items; the first is the headline."""

    id: str
    title: str
    grain: str
    basis: str
    polarity: Literal["higher_is_better", "lower_is_better", "neutral"]
    unit: str
    label: Label
    definition: str
    exclusions: str
    source: str
    values: dict[str, str]
    items: str

    def described(self) -> str:
        """The definition as a reader of a panel sees it."""
        parts = [self.definition]
        if self.exclusions:
            parts.append(f"Left out: {self.exclusions}")
        parts.append(f"Counted: {self.grain}. Date: {self.basis}. {self.label.capitalize()}. Source: {self.source}")
        return "\n\n".join(parts)


_FIELDS = ("id", "title", "grain", "basis", "polarity", "unit", "label", "definition", "exclusions", "source")
_HEADER = re.compile(r"-- (?P<name>[a-z]+)(?: (?P<which>[a-z0-9_]+))?: (?P<value>.+)")


class MeasureError(ValueError):
    """A measure's file lacks a field, or has one that is not known."""


def parse(text: str) -> Measure:
    """A measure's file: header lines `-- field: text` (a line `--   text` goes on), then the statement."""
    header: dict[str, str] = {}
    values: dict[str, str] = {}
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
        name, which, value = found.group("name", "which", "value")
        if name == "value":
            values[which or "value"] = value
            last = (values, which or "value")
        elif name in _FIELDS:
            header[name] = value
            last = (header, name)
        else:
            raise MeasureError(f"unknown field {name!r}")
    lacking = [name for name in _FIELDS if name not in header and name != "exclusions"]
    if lacking or not values:
        raise MeasureError(f"measure {header.get('id', '?')} lacks {', '.join(lacking) or 'value'}")
    header.setdefault("exclusions", "")
    return Measure(values=values, items="\n".join(lines[at:]).strip().rstrip(";"), **header)  # type: ignore[arg-type]


@cache
def measures() -> dict[str, Measure]:
    """All measures by id."""
    found = [
        parse(file.read_text(encoding="utf-8"))
        for file in sorted(files(__name__).iterdir(), key=lambda file: file.name)
        if file.name.endswith(".sql")
    ]
    return {measure.id: measure for measure in found}
