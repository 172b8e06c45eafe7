"""What boards share: the variable bar, and statements around a measure's items."""

from clickhouse.measures import measures
from grafana.model import Variable

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


def headline(measure_id: str, value: str, name: str = "value") -> str:
    """One figure: a value of a measure over all its items in the period."""
    measure = measures()[measure_id]
    return f"SELECT {measure.values[value]} AS {name}\nFROM\n(\n{_indented(measure.items)}\n)"


def monthly(measure_id: str, values: tuple[str, ...]) -> str:
    """Values of a measure by calendar month of Europe/London."""
    measure = measures()[measure_id]
    figures = ",\n    ".join(f"{measure.values[value]} AS {value}" for value in values)
    return (
        "SELECT\n    toStartOfMonth(at, 'Europe/London') AS month,\n    "
        f"{figures}\nFROM\n(\n{_indented(measure.items)}\n)\nGROUP BY month\nORDER BY month\nLIMIT 240"
    )


def by_force(measure_id: str, value: str, name: str) -> str:
    """A value of a measure by force, as a part of a comparison."""
    measure = measures()[measure_id]
    return f"SELECT force, {measure.values[value]} AS {name}\nFROM\n(\n{_indented(measure.items)}\n)\nGROUP BY force"
