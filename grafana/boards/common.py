"""What boards share: the variable bar, and statements around a measure's items."""

from collections.abc import Mapping
from importlib.resources import files

from clickhouse.measures import measures
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


def _indented(sql: str) -> str:
    return "\n".join(f"    {line}" for line in sql.splitlines())


def headline(measure_id: str, values: Mapping[str, str]) -> str:
    """One row of figures: values of a measure over all its items in the period, by the names they get."""
    measure = measures()[measure_id]
    figures = ", ".join(f"{measure.values[value]} AS {name}" for name, value in values.items())
    return f"SELECT {figures}\nFROM\n(\n{_indented(measure.items)}\n)"


def monthly(measure_id: str, values: tuple[str, ...]) -> str:
    """Values of a measure by calendar month of Europe/London: whole months only, and those with nothing to count too,
    as nought where the value is a count and empty where it is not."""
    measure = measures()[measure_id]
    figures = ",\n    ".join(f"{measure.values[value]} AS {value}" for value in values)
    return _MONTHLY.format(figures=figures, items=_indented(measure.items))


def by_force(measure_id: str, value: str, name: str) -> str:
    """A value of a measure by force, as a part of a comparison."""
    measure = measures()[measure_id]
    return f"SELECT force, {measure.values[value]} AS {name}\nFROM\n(\n{_indented(measure.items)}\n)\nGROUP BY force"
