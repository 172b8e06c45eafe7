"""The pages about measures, made from the registry: docs/measures.md and docs/glossary.md."""

from casestream.markdown import joined, page, table
from casestream.per_head import UNIT as PER_HEAD
from clickhouse.measures import NOT_BUILT, Measure, measures
from clickhouse.measures.filters import AREA_ROLES, DIMENSIONS
from processors.figures.missing import NO_DATA, NOT_AVAILABLE, SUPPRESSED

_ROOMS = (
    ("A", "Attrition and linkage"), ("P", "Police"), ("C", "Police and CPS"), ("T", "Courts"),
    ("S", "Sentence and remand"), ("H", "Prisons and probation"), ("V", "Victims"), ("F", "On boards only"),
)  # fmt: skip

_TOLD = """
Each measure is one file in `clickhouse/measures/`: what it counts, and how a set of counted things becomes a figure.
Boards, `casestream measure` and `casestream ask` use the same statement, so a figure is the same wherever it stands.

    casestream measure T05 --area "West Midlands" --from 2025-01 --to 2025-12
    casestream measure P04a --offence burglary --by force --json
    casestream ask trial-effectiveness --area 20
    casestream ask "charge rate for rape in Kent last year"

A figure comes with n, its definition, how fresh the data are, and how it compares with the period before, the same
period of the year before, and other forces. It counts what is known now, each thing at its own date. `casestream
measures` lists all of them.
"""


def measures_page() -> str:
    """Every measure with its definition, and those that are not built with the reason."""
    parts = [page("Measures", _TOLD)]
    for letter, title in _ROOMS:
        of_room = [measure for name, measure in measures().items() if name.startswith(letter)]
        if of_room:
            parts.append(f"## {title}")
            parts += [_section(measure) for measure in of_room]
    rows = [(f"`{name}`", one.title, one.reason) for name, one in sorted(NOT_BUILT.items())]
    parts += ["## Not built", table(("measure", "title", "reason"), rows)]
    return joined(parts)


def _section(measure: Measure) -> str:
    facts = [
        ("label", measure.label), ("counted", f"{measure.grain}, {measure.counted()}"), ("date", measure.basis),
        ("left out", measure.exclusions), ("better", measure.polarity.replace("_", " ")),
        ("told for each", ", ".join(name for name in measure.each if name != "number").replace("_", " ")),
        ("narrowed or divided by", ", ".join(f"`{name}`" for name in measure.by)),
        ("also told", PER_HEAD if measure.per_100k else ""),
        ("from the data of", ", ".join(measure.agencies)), ("source", measure.source),
    ]  # fmt: skip
    values = [
        (f"`{name}`" + (" (headline)" if name == measure.headline else ""), measure.units[name])
        for name in measure.values
    ]
    return "\n\n".join([
        f"### {measure.id} {measure.title}", measure.definition,
        table(("", ""), [(name, told) for name, told in facts if told]), table(("value", "unit"), values),
    ])  # fmt: skip


_TERMS: tuple[tuple[str, str], ...] = (
    ("published definition", "The definition is that of a published figure; the figure itself is ours, from the "
     "agencies' events, and need not equal the published one."),
    ("linked cohort", "A figure that needs the agencies' records linked into cases; no published figure is like it."),
    ("live proxy", "Our own figure for what no publication defines."),
    ("event", "A measure that counts each thing at its own date."),
    ("closed", "A measure that counts each thing in the period in which it ended, whenever it began."),
    ("cohort", "A measure of the things that began in the period, as far as they got by now; one of which less than "
     "half is resolved is called immature."),
    ("snapshot", "A measure of the state at the end of the period; it is counted, never summed."),
    ("n", "How many things a rate, a mean or a median is taken over."),
    (SUPPRESSED, "A number of 1 to 4, one that would give such a number away, or a rate on fewer than ten, where a "
     "figure is cut by a characteristic of people or is to be passed on."),
    (NO_DATA, "There was nothing in the period to divide by or to average."),
    (NOT_AVAILABLE, "The source did not supply what the figure needs, or has never told anything of the area."),
    ("days", "Calendar days of Europe/London."),
    ("elapsed days", "Time that passed, in days of 24 hours; shown in hours below two days."),
    ("median", "The middle value; of an even number the mean of the two in the middle. p90 is the value that nine of "
     "ten do not exceed, interpolated in the same way."),
    ("peers", "The other forces that have the figure in the same period, narrowed in the same way: how many, lowest, "
     "highest and their plain mean."),
)  # fmt: skip


def glossary_page() -> str:
    """The words of the measures."""
    told = "The words that measures, boards and commands use."
    dimensions = [
        (f"`{one.name}`", one.title, "small numbers suppressed" if one.protected else "") for one in DIMENSIONS.values()
    ]
    roles = [(f"`{name}`", what) for name, what in AREA_ROLES.items()]
    grains: dict[str, list[str]] = {}
    for measure in measures().values():
        grains.setdefault(measure.grain, []).append(measure.id)
    return joined([
        page("Glossary", told),
        table(("word", "meaning"), _TERMS),
        "## What a measure is narrowed or divided by", table(("name", "meaning", ""), dimensions),
        "## The role of an area", table(("role", "meaning"), roles),
        "## What is counted", table(("grain", "measures"), [(name, ", ".join(ids)) for name, ids in grains.items()]),
    ])  # fmt: skip
