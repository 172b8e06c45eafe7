"""The police forces, and the areas of other agencies that they belong to. The one list of them in the product.

A force is the key of every geography: its number in the Police National Computer (two digits) stands in URNs, ASNs and
the codes of courts. What a force belongs to is said by role, because an area of one agency is none of another; what
changed is dated. A day is that of Europe/London; a period is from its first day up to, but not with, its end.

Sources, by role:
- numbers: Police National Computer force codes, as the police results exchange publishes them (Bichard7 standing data);
- `gss`: Office for National Statistics, police force areas (E23..., W15...); British Transport Police has none;
- `board`, `cps`: CJS Delivery Data Dashboard, data quality note of November 2022, pages 30 to 32 (40 boards, 14 areas);
  the cps areas of British Transport Police: the same note, page 10 ("mostly");
- `region`: Office for National Statistics, regions of England, and Wales;
- `court`: the seven regions of HMCTS, and `probation`: the twelve of the Probation Service since 26 June 2021; both are
  assumed from common knowledge, no list was found that says it by force;
- names: data.police.uk, method `forces`, and the forces' own; Hampshire's since November 2022.
Regions of prisons are in `schemas.prisons`.
"""

import difflib
import re
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Final, Literal, NamedTuple, get_args

Role = Literal["board", "cps", "region", "court", "probation"]
"""Local criminal justice board, CPS area, statistical region, region of HMCTS, region of the Probation Service."""

ROLES: Final[tuple[Role, ...]] = get_args(Role)


class Force(NamedTuple):
    """A police force: PNC number, ONS code (empty where there is none), the short name on boards, its slug at
    data.police.uk, its own name, and other names it goes by."""

    number: str
    gss: str
    name: str
    slug: str
    official: str
    aliases: tuple[str, ...] = ()


class Belonging(NamedTuple):
    """A force and an area of a role that it belongs to, or belonged to; an open end is None."""

    force: str
    role: Role
    area: str
    valid_from: date | None = None
    valid_to: date | None = None


class AreaError(ValueError):
    """A value names no area: the `field`, the `value`, the `rule`, and the `nearest` name where there is one."""

    def __init__(self, field: str, value: str, rule: str, nearest: str = "") -> None:
        hint = f"; the nearest is {nearest!r}" if nearest else ""
        super().__init__(f"{field}={value!r}: {rule}{hint}")
        self.field, self.value, self.rule, self.nearest = field, value, rule, nearest


def _forces() -> Iterable[Force]:
    constabulary = {"03", "04", "07", "11", "35", "36", "37", "41", "44", "52", "53"}
    official = {
        "01": "Metropolitan Police Service", "06": "Greater Manchester Police", "50": "Devon & Cornwall Police",
        "44": "Hampshire and Isle of Wight Constabulary", "48": "City of London Police",
    }  # fmt: skip
    aliases = {
        "01": ("Met", "MPS", "London, Metropolitan", "Metropolitan London"), "48": ("London, City of", "London City"),
        "06": ("GMP", "Manchester"), "44": ("Hampshire", "Hampshire & IoW"), "52": ("Avon & Somerset",),
        "63": ("Dyfed Powys",), "11": ("Durham, County", "County Durham"),
    }  # fmt: skip
    for line in _LIST.strip().splitlines():
        number, gss, name, slug = line.split("|")
        own = official.get(number, f"{name} {'Constabulary' if number in constabulary else 'Police'}")
        yield Force(number, gss, name, slug or name.lower().replace(" ", "-"), own, aliases.get(number, ()))
    yield Force("93", "", "British Transport Police", "btp", "British Transport Police", ("BTP", "British Transport"))


# number | ONS code | name | slug where it is not the name's
_LIST = """
01|E23000001|Metropolitan|
03|E23000002|Cumbria|
04|E23000003|Lancashire|
05|E23000004|Merseyside|
06|E23000005|Greater Manchester|
07|E23000006|Cheshire|
10|E23000007|Northumbria|
11|E23000008|Durham|
12|E23000009|North Yorkshire|
13|E23000010|West Yorkshire|
14|E23000011|South Yorkshire|
16|E23000012|Humberside|
17|E23000013|Cleveland|
20|E23000014|West Midlands|
21|E23000015|Staffordshire|
22|E23000016|West Mercia|
23|E23000017|Warwickshire|
30|E23000018|Derbyshire|
31|E23000019|Nottinghamshire|
32|E23000020|Lincolnshire|
33|E23000021|Leicestershire|
34|E23000022|Northamptonshire|
35|E23000023|Cambridgeshire|
36|E23000024|Norfolk|
37|E23000025|Suffolk|
40|E23000026|Bedfordshire|
41|E23000027|Hertfordshire|
42|E23000028|Essex|
43|E23000029|Thames Valley|
44|E23000030|Hampshire and Isle of Wight|hampshire
45|E23000031|Surrey|
46|E23000032|Kent|
47|E23000033|Sussex|
48|E23000034|City of London|
50|E23000035|Devon and Cornwall|
52|E23000036|Avon and Somerset|
53|E23000037|Gloucestershire|
54|E23000038|Wiltshire|
55|E23000039|Dorset|
60|W15000001|North Wales|
61|W15000002|Gwent|
62|W15000003|South Wales|
63|W15000004|Dyfed-Powys|
"""

FORCES: Final[Mapping[str, Force]] = {force.number: force for force in _forces()}
"""The 43 territorial forces and British Transport Police, by number."""

TERRITORIAL: Final[tuple[str, ...]] = tuple(number for number, force in FORCES.items() if force.gss)
"""The numbers of the 43 territorial forces of England and Wales."""

LONDON_CPS: Final = ("London North", "London South")
"""The CPS areas that share London; which of them has a case, its CPS unit says and not the force."""

_REGIONS: dict[str, str] = {
    "North East": "10 11 17",
    "North West": "03 04 05 06 07",
    "Yorkshire and The Humber": "12 13 14 16",
    "East Midlands": "30 31 32 33 34",
    "West Midlands": "20 21 22 23",
    "East of England": "35 36 37 40 41 42",
    "London": "01 48",
    "South East": "43 44 45 46 47",
    "South West": "50 52 53 54 55",
    "Wales": "60 61 62 63",
}
_CPS: dict[str, str] = {
    "Cymru-Wales": "60 61 62 63",
    "East Midlands": "30 31 32 33 34",
    "East of England": "35 36 37 42",
    "London North": "01 48",
    "London South": "01 48",
    "Mersey-Cheshire": "05 07",
    "North East": "10 11 17",
    "North West": "03 04 06",
    "South East": "45 46 47",
    "South West": "50 52 53",
    "Thames and Chiltern": "40 41 43",
    "Wessex": "44 54 55",
    "West Midlands": "20 21 22 23 93",
    "Yorkshire and Humberside": "12 13 14 16",
}
_COURTS: dict[str, str] = {
    "London": "01 48",
    "Midlands": "20 21 22 23 30 31 32 33 34",
    "North East": "10 11 12 13 14 16 17",
    "North West": "03 04 05 06 07",
    "South East": "35 36 37 40 41 42 43 45 46 47",
    "South West": "44 50 52 53 54 55",
    "Wales": "60 61 62 63",
}
_PROBATION: dict[str, str] = {
    "East Midlands": "30 31 32 33 34",
    "East of England": "35 36 37 40 41 42",
    "Greater Manchester": "06",
    "Kent, Surrey and Sussex": "45 46 47",
    "London": "01 48",
    "North East": "10 11 17",
    "North West": "03 04 05 07",
    "South Central": "43 44",
    "South West": "50 52 53 54 55",
    "Wales": "60 61 62 63",
    "West Midlands": "20 21 22 23",
    "Yorkshire and the Humber": "12 13 14 16",
}
_SHARED_BOARDS = {
    **dict.fromkeys(("01", "48"), "London"),
    **dict.fromkeys(("11", "17"), "Cleveland and Durham"),
    **dict.fromkeys(("36", "37"), "Norfolk and Suffolk"),
}
_PROBATION_SINCE: Final = date(2021, 6, 26)
"""The Probation Service was unified then, in twelve regions."""


def _belongings() -> Iterable[Belonging]:
    for number in TERRITORIAL:
        yield Belonging(number, "board", _SHARED_BOARDS.get(number, FORCES[number].name))
    by_role: tuple[tuple[Role, dict[str, str], date | None], ...] = (
        ("region", _REGIONS, None), ("cps", _CPS, None), ("court", _COURTS, None),
        ("probation", _PROBATION, _PROBATION_SINCE),
    )  # fmt: skip
    for role, areas, since in by_role:
        for area, numbers in areas.items():
            for number in numbers.split():
                yield Belonging(number, role, area, since)


BELONGINGS: Final[tuple[Belonging, ...]] = tuple(_belongings())
"""What belongs to what, by role; only London's forces belong to two areas of one role at once."""

_NOT_A_LETTER = re.compile(r"[^a-z0-9]+")
_STYLE = re.compile(r"\b(police|constabulary|service|force|area|the|cps|lcjb)\b")


def plain_name(name: str) -> str:
    """`Devon & Cornwall Police`, `devon-and-cornwall` and `Devon and Cornwall Constabulary` are one name."""
    letters = _NOT_A_LETTER.sub(" ", name[:200].casefold().replace("&", " and "))
    return " ".join(_STYLE.sub(" ", letters).split())


_BY_GSS = {force.gss: force for force in FORCES.values() if force.gss}
_BY_NAME = {
    plain_name(name): force
    for force in FORCES.values()
    for name in (force.name, force.slug, force.official, *force.aliases)
}
_AREAS = {role: {plain_name(one.area): one.area for one in BELONGINGS if one.role == role} for role in ROLES}


def force_named(name: str) -> Force | None:
    """The force of a name or slug, however it is spelled in case, hyphens, `&` and words such as Constabulary; None
    for any other. Nothing is guessed."""
    return _BY_NAME.get(plain_name(name))


def force(text: str) -> Force:
    """The force of a number, an ONS code or a name. Raises AreaError, which names the nearest."""
    spelt = text.strip()
    number = spelt.zfill(2) if spelt.isascii() and spelt.isdigit() else ""
    found = FORCES.get(number) or _BY_GSS.get(spelt.upper()) or force_named(spelt)
    if found is None:
        rule = "no police force of England and Wales has this number, ONS code or name"
        raise AreaError("force", text, rule, _nearest_force(spelt))
    return found


def _nearest_force(spelt: str) -> str:
    close = difflib.get_close_matches(plain_name(spelt), _BY_NAME, 1)
    if close:
        return _BY_NAME[close[0]].name
    code = difflib.get_close_matches(spelt.upper(), _BY_GSS, 1, 0.8)
    return code[0] if code else ""


def area_named(role: Role, text: str) -> str:
    """The area of a role by its name, loosely spelled. Raises AreaError, which names the nearest."""
    names = _AREAS[role]
    found = names.get(plain_name(text))
    if found is None:
        close = difflib.get_close_matches(plain_name(text), names, 1)
        raise AreaError(role, text, f"there is no such {role} area", names[close[0]] if close else "")
    return found


def areas_of(number: str, role: Role, on: date | None = None) -> tuple[str, ...]:
    """The areas of a role that a force belonged to on a day, else as it is now: none, one, or London's two."""
    return tuple(
        one.area
        for one in BELONGINGS
        if one.force == number
        and one.role == role
        and (one.valid_to is None if on is None else (one.valid_from or date.min) <= on < (one.valid_to or date.max))
    )


def forces_of(role: Role, area: str, on: date | None = None) -> tuple[str, ...]:
    """The numbers of the forces of an area. Raises AreaError."""
    name = area_named(role, area)
    return tuple(number for number in FORCES if name in areas_of(number, role, on))


def cps_area(number: str, told: str | None = None) -> str:
    """The CPS area of a proceeding: the one that the record tells, else the force's. Empty in London where none is
    told, for the force does not say which, and for an unknown force. Raises AreaError for a told one that is none."""
    if told:
        return area_named("cps", told)
    areas = areas_of(number, "cps")
    return areas[0] if len(areas) == 1 else ""


def force_of_court(ou_code: str) -> str:
    """The force in whose area a court sits, by its OU code (`B01CN00`: letter, force, house); empty where the code
    names none. Source: organisation units of the courts' and police's standing data."""
    number = ou_code[1:3] if ou_code[:1].upper() in ("B", "C") else ""
    return number if number in FORCES else ""
