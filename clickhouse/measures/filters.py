"""What the items of a measure can be filtered and divided by, and the few expressions that many measures share.

A measure's file says which of these its items have (`by`); its statement then takes exactly those that the caller's
board or command has. So a filter is written here and nowhere else.
"""

import re
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Dimension:
    """A column of items that one filters or divides by. `groups` is what a row is grouped under; `protected` marks the
    characteristics of people, whose small numbers are suppressed (`processors.figures.suppress`). `join` is put behind
    the items, which are called `items` there, where one divides by the column, and only then."""

    name: str
    title: str
    column: str
    condition: str
    groups: str
    protected: bool = False
    join: str = ""


def _one(name: str, title: str, column: str = "", *, protected: bool = False) -> Dimension:
    column = column or name
    return Dimension(name, title, column, f"{column} IN (${{{name}:singlequote}})", column, protected)


NOT_KNOWN = "Not known"
"""The area of what lies in no area that is known: it is counted under this name, and can be asked for by it."""

_PRISON_REGION = f"dictGetOrDefault('casestream.dict_places', 'area', ('prisons', prison_id), '{NOT_KNOWN}')"

_HOMES = """
LEFT JOIN
(
    SELECT person_record_id AS home_of, home_force
    FROM casestream.v_people_homes
) AS homes ON homes.home_of = items.person_key
""".strip()
_HOME = f"if(home_force = '', '{NOT_KNOWN}', home_force)"
_UNKNOWN_TOO = f"('{NOT_KNOWN}' IN (${{home:singlequote}}))"
_LIVE_THERE = f"""
(person_key IN
(
    SELECT person_record_id
    FROM casestream.v_people_homes
    WHERE (home_force IN (${{home:singlequote}})) != {_UNKNOWN_TOO}
)) != {_UNKNOWN_TOO}
""".strip()
"""One set of the people who live there, which is small, or where those are asked for too whose home is not known, of
those who live elsewhere; a join would read everybody's home beside every item."""

DIMENSIONS: dict[str, Dimension] = {
    one.name: one
    for one in (
        _one("force", "Police force of the originating crime"),
        _one("cps_area", "CPS area"),
        _one("court", "Court", "court_ou"),
        _one("region", "Probation region"),
        Dimension(
            "prison_region", "Region that the prison stands in", "prison_id",
            f"{_PRISON_REGION} IN (${{prison_region:singlequote}})", _PRISON_REGION,
        ),
        Dimension(
            "home", "Police force of the area where the person lives", "person_key",
            _LIVE_THERE, _HOME, protected=True, join=_HOMES,
        ),
        _one("jurisdiction", "Magistrates' or Crown Court"),
        _one("offence_group", "Offence group"),
        _one("offence_subgroup", "Offence sub-group"),
        Dimension("flag", "Priority flag", "flags", "hasAny(flags, [${flag:singlequote}])", "arrayJoin(flags)"),
        _one("custody", "In custody or not"),
        _one("sex", "Sex", protected=True),
        _one("age_band", "Age", protected=True),
        _one("ethnicity", "Ethnicity", protected=True),
        _one("youth", "Under 18", protected=True),
        _one("vulnerable", "Vulnerable", protected=True),
        _one("relationship", "Relationship to the suspect", protected=True),
    )
}
"""By name, which is also the name of a board's variable."""

AREA_ROLES: dict[str, str] = {
    "force": "the force of the originating crime", "cps_area": "the CPS area that handles the case",
    "court": "the court, by its organisation unit code", "region": "the probation region",
    "prison_region": "the region that the prison stands in",
    "home": "the police force of the area where the person lives",
}  # fmt: skip
"""The dimensions that are areas, each with what the area did in the case."""

_BANDS = {
    "age_band": ((10, 14), (15, 17), (18, 20), (21, 24), (25, 29), (30, 39), (40, 49), (50, 59), (60, 69)),
    "victim_age_band": ((0, 9), (10, 15), (16, 17), (18, 24), (25, 34), (35, 44), (45, 59)),
}
_SELF = (("A", "Asian"), ("B", "Black"), ("M", "Mixed"), ("W", "White"), ("O", "Other"))
_OBSERVED = (
    ("1", "White"), ("2", "White"), ("3", "Black"), ("4", "Asian"), ("5", "Other"), ("6", "Other"),
)  # fmt: skip


def _band(which: str, column: str) -> str:
    parts = [f"{column} <= {high}, '{low}-{high}'" for low, high in _BANDS[which]]
    last = _BANDS[which][-1][1] + 1
    return f"multiIf({column} IS NULL, 'Not recorded', {', '.join(parts)}, '{last}+')"


def _ethnicity(own: str, observed: str) -> str:
    """5+1 groups of the self-defined code, else the officer's observation as a series of its own (never merged)."""
    parts = [f"{own} IN ('A4', 'O1'), 'Other'"]
    parts += [f"startsWith({own}, '{letter}'), '{group}'" for letter, group in _SELF]
    parts.append(f"{own} LIKE 'N%', 'Not stated'")
    parts += [f"{observed} = '{code}', 'Observed: {group}'" for code, group in _OBSERVED]
    return f"multiIf({', '.join(parts)}, 'Not recorded')"


_SHARED = {
    "age_band": lambda column: _band("age_band", column),
    "victim_age_band": lambda column: _band("victim_age_band", column),
    "ethnicity": lambda column: _ethnicity(f"{column}_self", f"{column}_observed"),
    "recorded": lambda column: f"if({column} = '', 'Not recorded', {column})",
    "from_day": lambda column: f"toDateTime({column}, 'Europe/London')",
}
_USE = re.compile(rf"\$({'|'.join(_SHARED)})\((\w+)\)")


def with_shared(sql: str) -> str:
    """A statement with `$age_band(column)`, `$victim_age_band(column)`, `$ethnicity(prefix)`, `$recorded(column)` and
    `$from_day(column)` written out: bands of age in whole years, the groups of `prefix_self` and `prefix_observed`, a
    text that says so where nothing is recorded, and the midnight in London with which a day begins."""
    return _USE.sub(lambda found: _SHARED[found[1]](found[2]), sql)
