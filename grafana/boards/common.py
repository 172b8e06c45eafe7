"""What boards share: the variable bar, and statements around a measure's items."""

from collections.abc import Collection, Mapping, Sequence
from importlib.resources import files

from clickhouse.measures import Measure, measures
from grafana.model import Variable

_MONTHLY = (files(__package__) / "monthly.sql").read_text(encoding="utf-8").strip()
WHOLE_MONTHS = "\n\nWhole months only: a month at the edge of the period or of the data is left out."
NO_WHOLE_MONTH = "No whole month in this period"
ALL_AREAS = "\n\nFor all areas and offence groups: the filters do not move it."
"""What the description of a panel says that the filters cannot move; its title says `all areas`."""

FORCE = Variable(
    "force",
    "Police force (of the originating crime)",
    "SELECT force AS value, name AS text FROM casestream.forces ORDER BY name",
)
OFFENCE_GROUP = Variable(
    "offence_group",
    "Offence group",
    "SELECT DISTINCT offence_group AS value, offence_group AS text FROM casestream.case_crimes"
    " WHERE offence_group != '' ORDER BY text",
)

CASE_LINK = "/d/case-explorer/case-explorer?var-case_id=${__data.fields.case_id}"
"""Where a cell that names a case leads."""

PERSON_LINK = "/d/person-explorer/person-explorer?var-person_id=${__data.fields.person_id}"
"""Where a cell that names a person leads."""


BOARD_FILTERS = ("force", "offence_group")
"""The variables that boards have: a measure's items are filtered by those of them that it has."""


def _measure(asked: str | Measure) -> Measure:
    return measures()[asked] if isinstance(asked, str) else asked


def items(
    asked: str | Measure, filters: Collection[str] = BOARD_FILTERS, divided_by: Collection[str] = ()
) -> str:
    """The items of a measure in the period, as a subquery, with what it takes to divide them by these dimensions."""
    inner = "\n".join(f"    {line}" for line in _measure(asked).rows(filters, divided_by).splitlines())
    return f"(\n{inner}\n)"


def headline(asked: str | Measure, values: Mapping[str, str], filters: Collection[str] = BOARD_FILTERS) -> str:
    """One row of figures: values of a measure over all its items in the period, by the names they get."""
    measure = _measure(asked)
    figures = ", ".join(f"{measure.values[value]} AS {name}" for name, value in values.items())
    return f"SELECT {figures}\nFROM\n{items(measure, filters)}"


def monthly(asked: str | Measure, values: Sequence[str], filters: Collection[str] = BOARD_FILTERS) -> str:
    """Values of a measure by calendar month of Europe/London: whole months only, and those with nothing to count too,
    as nought where the value is a count and empty where it is not. ValueError for a snapshot, which has no months."""
    measure = _measure(asked)
    if measure.period == "snapshot":
        raise ValueError(f"measure {measure.id} is a snapshot: it has a state at a moment, and no months")
    figures = ",\n    ".join(f"{measure.values[value]} AS {value}" for value in values)
    return _MONTHLY.format(figures=figures, items=items(measure, filters))


def grouped(
    asked: str | Measure,
    values: Mapping[str, str],
    groups: Mapping[str, str],
    filters: Collection[str] = BOARD_FILTERS,
) -> str:
    """Values of a measure for each group of its items, `groups` being columns or expressions by the names they get, in
    their order."""
    measure = _measure(asked)
    told = [f"{expression} AS {name}" if expression != name else name for name, expression in groups.items()]
    parts = [name for name in groups if name not in measure.each]
    told += [f"{measure.value(value, parts)} AS {name}" for name, value in values.items()]
    names = ", ".join(groups)
    return f"SELECT {', '.join(told)}\nFROM\n{items(measure, filters, groups)}\nGROUP BY {names}\nORDER BY {names}"


def by_force(measure_id: str, value: str, name: str) -> str:
    """A value of a measure by force, as a part of a comparison."""
    measure = measures()[measure_id]
    return f"SELECT force, {measure.values[value]} AS {name}\nFROM\n{items(measure_id)}\nGROUP BY force"
