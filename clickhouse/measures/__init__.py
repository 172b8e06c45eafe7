"""Measures, each defined once: `<id>_<name>.sql` holds its metadata and the items that it counts.

The statement gives one row for each counted item (crime, proceeding, court case, trial listing ...) of all times, with
the moment `at` that puts it into a period, the columns that one filters by, and what the values need; a snapshot gives
those that stand at the end of the period, `$__toTime`. The header's `value` lines say how a set of items becomes a
figure. `Measure.rows` puts period and filters around it, as macros of Grafana's ClickHouse plugin, so a panel holds the
statement as it is; `grafana.macros` expands them where there is no Grafana.
"""

from functools import cache
from importlib.resources import files

from clickhouse.measures.definition import Measure, MeasureError, parse
from clickhouse.measures.not_built import NOT_BUILT, NotBuilt

__all__ = ["NOT_BUILT", "Measure", "MeasureError", "NotBuilt", "measures", "parse"]


@cache
def measures() -> dict[str, Measure]:
    """All measures by id."""
    found = [
        parse(file.read_text(encoding="utf-8"))
        for file in sorted(files(__name__).iterdir(), key=lambda file: file.name)
        if file.name.endswith(".sql")
    ]
    return {measure.id: measure for measure in found}
