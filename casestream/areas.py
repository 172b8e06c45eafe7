"""Areas as a caller names them -> what the tables hold: police force numbers, or the codes of another role.

An area is a force number (20), a GSS code (E23000014), or the name of a force, of a local criminal justice board or of
a region. The role says what the area did in the case: by default it is the force of the originating crime. For a prison
an area is a region. Where prisons stand and where people live may not be known, which is an area too: `Not known`.
"""

from dataclasses import dataclass

from casestream.errors import UserError
from casestream.nearest import unknown
from clickhouse.measures import Measure
from clickhouse.measures.filters import AREA_ROLES, DIMENSIONS, NOT_KNOWN
from clickhouse.store import Store
from schemas.areas import BELONGINGS, FORCES, TERRITORIAL, AreaError, Role, area_named, force, forces_of, plain_name

_GROUPS: tuple[tuple[Role, str], ...] = (("board", " board"), ("region", " region"))
"""What a name may mean that is no force's, and the word that says so."""

NAMES = sorted(
    {one.name for one in FORCES.values()} | {one.area for one in BELONGINGS if one.role in dict(_GROUPS)}
)
"""The names of forces, local criminal justice boards and regions."""


_REGIONS = tuple(dict.fromkeys(one.area for one in BELONGINGS if one.role == "region"))


@dataclass(frozen=True, slots=True)
class Areas:
    """Areas in a role: what the role's column may hold, and what to call it. No values: all areas."""

    role: str
    values: tuple[str, ...]
    name: str


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
        return _forces(names)
    if role == "home":
        return _homes(names)
    if role == "prison_region":
        return _regions(names)
    return _codes(store, names, role, measure)


def _forces(names: list[str]) -> Areas:
    numbers: list[str] = []
    called: list[str] = []
    for name in names:
        found, title = _force(name)
        numbers += [number for number in found if number not in numbers]
        called.append(title)
    return Areas("force", tuple(numbers), ", ".join(called))


def _homes(names: list[str]) -> Areas:
    """Forces in whose areas people live, and where none is known."""
    numbers: list[str] = []
    called: list[str] = []
    for name in names:
        unknown_home = plain_name(name) == plain_name(NOT_KNOWN)
        found, title = ((NOT_KNOWN,), NOT_KNOWN) if unknown_home else _force(name)
        if not set(found) & {*TERRITORIAL, NOT_KNOWN}:
            raise UserError(f"--area {name!r}: {title} is no area where people live")
        numbers += [number for number in found if number not in numbers]
        called.append(title)
    return Areas("home", tuple(numbers), ", ".join(called))


def _force(text: str) -> tuple[tuple[str, ...], str]:
    """The forces that a text means, the narrowest reading first, and their name."""
    try:
        found = force(text)
    except AreaError:
        pass
    else:
        return (found.number,), found.name
    for role, ending in _GROUPS:
        try:
            area = area_named(role, plain_name(text).removesuffix(ending))
        except AreaError:
            continue
        numbers = forces_of(role, area)
        return numbers, area + (ending if len(numbers) > 1 else "")
    raise unknown("--area", text, NAMES, "force, board, region, force number or GSS code")


def _regions(names: list[str]) -> Areas:
    """Regions of England, Wales, and where none is known."""
    known = {plain_name(region): region for region in (*_REGIONS, NOT_KNOWN)}
    found: list[str] = []
    for name in names:
        region = known.get(plain_name(name).removesuffix(" region"))
        if region is None:
            raise unknown("--area", name, known.values(), f"region ({', '.join(known.values())})")
        found.append(region)
    values = tuple(dict.fromkeys(found))
    return Areas("prison_region", values, ", ".join(values))


def _codes(store: Store, names: list[str], role: str, measure: Measure) -> Areas:
    """Codes of courts, CPS areas and regions, as the tables hold them."""
    column = DIMENSIONS[role].column
    sources = {"court_ou": "case_court_cases", "cps_area": "case_proceedings", "region": "case_supervision"}
    rows = store.query(f"SELECT DISTINCT {column} FROM casestream.{sources[column]} FINAL ORDER BY {column}", {})
    known = [str(row[0]) for row in rows if row[0]]
    by_name = {plain_name(code): code for code in known}
    if role == "court":
        named = store.query("SELECT DISTINCT court_name, court_ou FROM casestream.case_court_cases FINAL", {})
        by_name.update({plain_name(str(name)): str(code) for name, code in named if name and code})
    found: list[str] = []
    for name in names:
        if plain_name(name) not in by_name:
            raise unknown("--area", name, [*known, *by_name], f"{DIMENSIONS[role].title.lower()} in the data")
        found.append(by_name[plain_name(name)])
    return Areas(role, tuple(dict.fromkeys(found)), ", ".join(names))
