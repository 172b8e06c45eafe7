"""The police force in whose area a postcode area lies, for those that lie wholly or nearly wholly in one.

A postcode area is the letters that a postcode begins with (`LE` of `LE1 6ZG`); some 120 cover Great Britain, and they
follow the routes of mail, not the borders of forces. Nearly wholly: by common knowledge, no more than about one in
twenty who live there live in another force's area. All are assumed; the mapping itself is one that the ONS Postcode
Directory publishes by postcode, and `casestream reference load postcodes` takes from there, by district. An area that
several forces share is not here, and neither is EC, most of which is the City of London: nothing is guessed.
"""

from collections.abc import Mapping
from typing import Final

_BY_FORCE: dict[str, str] = {
    "01": "E HA N NW SE SW UB W WC",
    "03": "CA",
    "04": "BB FY",
    "06": "BL M",
    "07": "CW",
    "10": "NE",
    "12": "HG",
    "13": "HD HX LS WF",
    "16": "HU",
    "22": "HR TF WR",
    "32": "LN",
    "33": "LE",
    "34": "NN",
    "41": "AL WD",
    "42": "SS",
    "43": "OX SL",
    "44": "SO",
    "46": "CT ME",
    "47": "BN",
    "50": "EX PL TQ TR",
    "52": "BS TA",
    "53": "GL",
    "55": "DT",
    "60": "LL",
    "61": "NP",
    "63": "LD",
}

POSTCODE_AREA_FORCES: Final[Mapping[str, str]] = {
    area: force for force, areas in _BY_FORCE.items() for area in areas.split()
}
"""The number of the force by the postcode area."""
