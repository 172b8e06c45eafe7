"""The macros of Grafana's ClickHouse plugin and Grafana's variables, expanded here for the preview, the command line
and the tests; in Grafana the plugin does it. Only the portable ones that our statements use."""

import re
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from functools import reduce
from typing import NamedTuple

Values = Mapping[str, Sequence[str]]
"""The chosen values of each variable; none chosen means no filter."""


class Period(NamedTuple):
    """From and to, both inclusive, with their zone."""

    start: datetime
    end: datetime


class MacroError(ValueError):
    """A statement uses a macro or a variable that is not known."""


def _nested(times: int) -> str:
    """A pattern of text with parentheses in one another, up to so many times."""
    return reduce(lambda inner, _: rf"(?:[^()]|\({inner}\))*", range(times), "[^()]*")


_ARGUMENT = f"({_nested(6)})"
"""What stands in a macro's parentheses."""


def quoted(value: str) -> str:
    """A string of ClickHouse, safe whatever it holds."""
    escaped = value.replace("\\", "\\\\").replace("'", "\\'")
    return f"'{escaped}'"


def expand(sql: str, period: Period, values: Values, interval_seconds: int = 86_400) -> str:
    """The statement as ClickHouse gets it. Raises MacroError for what it does not know."""
    start, end = (int(moment.astimezone(UTC).timestamp()) for moment in period)
    first, last = (moment.astimezone(UTC).strftime("%Y-%m-%d") for moment in period)

    def conditional(found: re.Match[str]) -> str:
        condition, name = found.group(1), found.group(2)
        return condition if any(values.get(name, ())) else "1=1"

    sql = re.sub(rf"\$__conditionalAll\({_ARGUMENT},\s*\$\{{?(\w+)\}}?\)", conditional, sql)
    sql = re.sub(
        rf"\$__timeFilter\({_ARGUMENT}\)",
        lambda found: f"{found.group(1)} >= toDateTime({start}) AND {found.group(1)} <= toDateTime({end})",
        sql,
    )
    sql = re.sub(
        rf"\$__dateFilter\({_ARGUMENT}\)",
        lambda found: f"{found.group(1)} >= toDate('{first}') AND {found.group(1)} <= toDate('{last}')",
        sql,
    )
    sql = re.sub(
        rf"\$__timeInterval\({_ARGUMENT}\)",
        lambda found: f"toStartOfInterval(toDateTime({found.group(1)}), INTERVAL {interval_seconds} second)",
        sql,
    )
    for name, value in (
        ("fromTime", f"toDateTime({start})"),
        ("toTime", f"toDateTime({end})"),
        ("interval_s", str(interval_seconds)),
    ):
        sql = sql.replace(f"$__{name}", value)

    def variable(found: re.Match[str]) -> str:
        name, style = found.group(1), found.group(2)
        if name not in values:
            raise MacroError(f"the statement uses the variable {name!r}, which the board does not have")
        if style != "singlequote":
            raise MacroError(f"the variable {name!r} is used as {style!r}; only singlequote is safe")
        return ",".join(quoted(value) for value in values[name]) or "''"

    rest = re.search(r"\$__\w+|\$\{\w+\}|\$[a-z]\w*", sql)  # before there are values in it, which may hold anything
    if rest is not None:
        raise MacroError(f"the statement uses {rest.group(0)}, which is not known")
    return re.sub(r"\$\{(\w+):(\w+)\}", variable, sql)
