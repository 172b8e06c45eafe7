"""Areas as a caller names them -> what the tables hold: police force numbers, or the codes of another role.

An area is a force number (20), a GSS code (E23000014), or the name of a force, of a local criminal justice board or of
a region. The role says what the area did in the case: by default it is the force of the originating crime.
"""

import re
from dataclasses import dataclass

from casestream.errors import UserError
from casestream.nearest import unknown
from clickhouse.measures import Measure
from clickhouse.measures.filters import AREA_ROLES, DIMENSIONS
from clickhouse.store import Store

_GSS = re.compile(r"(?:E23|W15)\d{6}")
_ENGLAND = (
    "01 03 04 05 06 07 10 11 12 13 14 16 17 20 21 22 23 30 31 32 33 34 35 36 37 "
    "40 41 42 43 44 45 46 47 48 50 52 53 54 55"
)
GSS: dict[str, str] = {
    **{f"E23{number:06}": force for number, force in enumerate(_ENGLAND.split(), start=1)},
    **{f"W15{number:06}": force for number, force in enumerate(("60", "61", "62", "63"), start=1)},
}
"""Codes of the Office for National Statistics of the 43 police force areas -> force numbers. As it happens, the codes
of England follow the order of the numbers."""

_PLAIN = re.compile(r"\b(police|constabulary|force|service|the)\b|[^a-z0-9 ]")


@dataclass(frozen=True, slots=True)
class Areas:
    """Areas in a role: what the role's column may hold, and what to call it. No values: all areas."""

    role: str
    values: tuple[str, ...]
    name: str


def _plain(name: str) -> str:
    return " ".join(_PLAIN.sub(" ", name.lower().replace("&", "and")).split())


def forces(store: Store) -> list[tuple[str, str, str, str]]:
    """Force number, name, board and region of each force."""
    found = store.query("SELECT force, name, board, region FROM casestream.forces FINAL ORDER BY force", {})
    return [(str(force), str(name), str(board), str(region)) for force, name, board, region in found]


def resolve(store: Store, names: list[str], role: str, measure: Measure) -> Areas:
    """What the areas of these names are. UserError for an area or role that is not known, and for a role that the
    measure's rows do not have."""
    if role not in AREA_ROLES:
        raise unknown("--area-role", role, AREA_ROLES, f"role ({', '.join(AREA_ROLES)})")
    if not names:
        return Areas(role, (), "all areas")
    if role not in measure.by:
        has = [name for name in AREA_ROLES if name in measure.by]
        told = f"it has {', '.join(has)}" if has else "it is of all areas"
        raise UserError(f"--area-role {role}: measure {measure.id} cannot be filtered by {AREA_ROLES[role]}; {told}")
    if role == "force":
        return _forces(store, names)
    return _codes(store, names, role, measure)


def _forces(store: Store, names: list[str]) -> Areas:
    known = forces(store)
    numbers: list[str] = []
    called: list[str] = []
    for name in names:
        found, title = _force(name, known)
        if not found:
            every = {word for row in known for word in row[1:] if word}
            raise unknown("--area", name, every, "force, board, region, force number or GSS code")
        numbers += [number for number in found if number not in numbers]
        called.append(title)
    return Areas("force", tuple(numbers), ", ".join(called))


def _force(text: str, known: list[tuple[str, str, str, str]]) -> tuple[list[str], str]:
    """The forces that a text means, the narrowest reading first, and their name."""
    given = text.strip()
    if _GSS.fullmatch(given.upper()):
        given = GSS.get(given.upper(), given)
    for number, name, _, _ in known:
        if given == number or given.zfill(2) == number:
            return [number], name
    wanted = _plain(given)
    for column, ending in ((1, ""), (2, " board"), (3, " region")):
        found = [row for row in known if row[column] and wanted in (_plain(row[column]), _plain(row[column]) + ending)]
        if found:
            return [row[0] for row in found], found[0][column] + (ending if len(found) > 1 else "")
    return [], ""


def _codes(store: Store, names: list[str], role: str, measure: Measure) -> Areas:
    """Codes of courts, CPS areas and regions, as the tables hold them."""
    column = DIMENSIONS[role].column
    sources = {"court_ou": "case_court_cases", "cps_area": "case_proceedings", "region": "case_supervision"}
    rows = store.query(f"SELECT DISTINCT {column} FROM casestream.{sources[column]} FINAL ORDER BY {column}", {})
    known = [str(row[0]) for row in rows if row[0]]
    by_name = {_plain(code): code for code in known}
    if role == "court":
        named = store.query("SELECT DISTINCT court_name, court_ou FROM casestream.case_court_cases FINAL", {})
        by_name.update({_plain(str(name)): str(code) for name, code in named if name and code})
    found: list[str] = []
    for name in names:
        if _plain(name) not in by_name:
            raise unknown("--area", name, [*known, *by_name], f"{DIMENSIONS[role].title.lower()} in the data")
        found.append(by_name[_plain(name)])
    return Areas(role, tuple(dict.fromkeys(found)), ", ".join(names))
