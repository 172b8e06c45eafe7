"""What data.police.uk calls forces and outcomes, and what we know of them.

Sources: force names and slugs as data.police.uk lists them (data.police.uk/docs, method `forces`); numbers are the
force codes of the Police National Computer. Outcome types are those of the Home Office counting rules for crime
outcomes; what data.police.uk's texts cover, data.police.uk/about ("Outcomes").
"""

import re
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class PoliceForce:
    """A force: its PNC number (two digits) and its slug in the names of files."""

    number: str
    slug: str


_NUMBERS = {
    "metropolitan": "01", "cumbria": "03", "lancashire": "04", "merseyside": "05", "greater-manchester": "06",
    "cheshire": "07", "northumbria": "10", "durham": "11", "north-yorkshire": "12", "west-yorkshire": "13",
    "south-yorkshire": "14", "humberside": "16", "cleveland": "17", "west-midlands": "20", "staffordshire": "21",
    "west-mercia": "22", "warwickshire": "23", "derbyshire": "30", "nottinghamshire": "31", "lincolnshire": "32",
    "leicestershire": "33", "northamptonshire": "34", "cambridgeshire": "35", "norfolk": "36", "suffolk": "37",
    "bedfordshire": "40", "hertfordshire": "41", "essex": "42", "thames-valley": "43", "hampshire": "44",
    "surrey": "45", "kent": "46", "sussex": "47", "city-of-london": "48", "devon-and-cornwall": "50",
    "avon-and-somerset": "52", "gloucestershire": "53", "wiltshire": "54", "dorset": "55", "north-wales": "60",
    "gwent": "61", "south-wales": "62", "dyfed-powys": "63", "btp": "93", "northern-ireland": "98",
}
"""The 43 territorial forces of England and Wales, the British Transport Police, and Northern Ireland."""

_ALIASES = {
    "hampshire and isle of wight": "hampshire",  # the constabulary's name since November 2022
    "british transport": "btp",
    "of northern ireland": "northern-ireland",
    "of northern ireland psni": "northern-ireland",
    "psni": "northern-ireland",
}

_NOT_A_LETTER = re.compile(r"[^a-z]+")
_STYLE = re.compile(r"\b(police|constabulary|service|force|the)\b")


def _plain(name: str) -> str:
    """`Devon & Cornwall Police`, `devon-and-cornwall` and `Devon and Cornwall Constabulary` are one name."""
    letters = _NOT_A_LETTER.sub(" ", name.casefold().replace("&", " and "))
    return " ".join(_STYLE.sub(" ", letters).split())


_FORCES = {_plain(slug): PoliceForce(number, slug) for slug, number in _NUMBERS.items()}
_FORCES.update({alias: PoliceForce(_NUMBERS[slug], slug) for alias, slug in _ALIASES.items()})


def force_named(name: str) -> PoliceForce | None:
    """The force of a name (`Bedfordshire Police`) or a slug (`bedfordshire`); None for an unknown one."""
    return _FORCES.get(_plain(name[:200]))


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
