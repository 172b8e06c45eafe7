"""Offences as a caller names them -> groups and sub-groups of the Home Office's recorded crime tables."""

from casestream.errors import UserError
from casestream.nearest import unknown
from schemas.vocabulary import (
    COURT_CLASSES,
    HO_CLASSES,
    MOTORING,
    POLICE_CLASSES,
    POLICE_UK_CRIME_TYPES,
    SUMMARY,
)

_PAIRS = {*HO_CLASSES.values(), *POLICE_CLASSES.values(), *COURT_CLASSES.values(), *POLICE_UK_CRIME_TYPES.values()}
GROUPS = tuple(sorted({group for group, _ in _PAIRS if group} | {MOTORING, SUMMARY}))
SUBGROUPS = tuple(sorted({subgroup for _, subgroup in _PAIRS if subgroup}))
BURGLARY = tuple(subgroup for subgroup in SUBGROUPS if "burglary" in subgroup.lower())
"""Residential and non-residential burglary, and that of open data, which does not say which."""


def resolve(names: list[str]) -> dict[str, tuple[str, ...]]:
    """What the offences of these names are, by dimension. A name is that of a group, of a sub-group, or a word that
    sub-groups have in common (burglary). UserError for a name that is not known, and for groups and sub-groups
    together, of which only those that are both would be left."""
    groups: list[str] = []
    subgroups: list[str] = []
    for name in names:
        wanted = " ".join(name.lower().split())
        if found := [group for group in GROUPS if wanted == group.lower()]:
            groups += found
        elif found := _subgroups(wanted):
            subgroups += found
        elif found := [group for group in GROUPS if group.lower().startswith(wanted) and len(wanted) > 2]:
            groups += found
        else:
            raise unknown("--offence", name, (*GROUPS, *SUBGROUPS), "offence group or sub-group")
    if groups and subgroups:
        raise UserError(f"--offence: {groups[0]} is a group and {subgroups[0]} a sub-group; ask for one kind at a time")
    return {
        name: tuple(dict.fromkeys(found))
        for name, found in (("offence_group", groups), ("offence_subgroup", subgroups))
        if found
    }


def _subgroups(wanted: str) -> list[str]:
    exact = [subgroup for subgroup in SUBGROUPS if subgroup.lower() == wanted]
    if exact and wanted != "burglary":
        return exact
    return [subgroup for subgroup in SUBGROUPS if wanted in subgroup.lower().split()]
