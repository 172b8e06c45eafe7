"""What data.police.uk calls forces and outcomes, and what we know of them.

Forces are those of `schemas.areas`, and Northern Ireland, which data.police.uk holds too. Outcome types are those of
the Home Office counting rules for crime outcomes; what data.police.uk's texts cover, data.police.uk/about ("Outcomes").
"""

from dataclasses import dataclass

from schemas import areas


@dataclass(frozen=True, slots=True)
class PoliceForce:
    """A force: its PNC number (two digits) and its slug in the names of files."""

    number: str
    slug: str


_NORTHERN_IRELAND = PoliceForce("98", "northern-ireland")
_NORTHERN_IRELAND_NAMES = frozenset(
    {"northern ireland", "of northern ireland", "of northern ireland psni", "psni"}
)


def force_named(name: str) -> PoliceForce | None:
    """The force of a name (`Bedfordshire Police`) or a slug (`bedfordshire`); None for an unknown one."""
    if found := areas.force_named(name):
        return PoliceForce(found.number, found.slug)
    return _NORTHERN_IRELAND if areas.plain_name(name) in _NORTHERN_IRELAND_NAMES else None


_OUTCOME_TYPES = {
    "suspect charged": "1",
    "offender given a penalty notice": "6",
    "offender given penalty notice": "6",
    "offender given a drugs possession warning": "7",
    "local resolution": "8",
    "investigation complete; no suspect identified": "18",
    "action to be taken by another organisation": "20",
    "further investigation is not in the public interest": "21",
    "further action is not in the public interest": "22",
}
"""Texts that mean exactly one Home Office type. Not here, because they cover several or are no police outcome:
`Unable to prosecute suspect` (14, 15, 16 and more), `Formal action is not in the public interest` (9, 10),
`Offender given a caution` (2, 3), `Suspect charged as part of another case`, every result of a court, and the states
of a crime that has no outcome (`Under investigation`, `Status update unavailable`, `Awaiting court outcome`)."""


def outcome_type(text: str) -> str | None:
    """The Home Office outcome type that a text of data.police.uk means; None where it means none or several."""
    return _OUTCOME_TYPES.get(text.casefold())
