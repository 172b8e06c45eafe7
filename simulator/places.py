"""Where things happen: each force's courts, CPS area, probation region and prisons. Codes of courts and prisons are
made up; areas are those of the CPS, the Probation Service and the police."""

from typing import NamedTuple

from schemas.vocabulary import FORCES

_CPS_AREAS = {
    "North East": ("10", "11", "17"), "North West": ("03", "04", "06"), "Mersey-Cheshire": ("05", "07"),
    "Yorkshire and Humberside": ("12", "13", "14", "16"), "East Midlands": ("30", "31", "32", "33", "34"),
    "West Midlands": ("20", "21", "22", "23", "93"), "East of England": ("35", "36", "37", "42"),
    "Thames and Chiltern": ("40", "41", "43"), "London North": ("48",), "London South": ("01",),
    "South East": ("45", "46", "47"), "Wessex": ("44", "54", "55"), "South West": ("50", "52", "53"),
    "Cymru-Wales": ("60", "61", "62", "63"),
}  # fmt: skip
_PROBATION = {
    "North East": ("10", "11", "17"), "North West": ("03", "04", "05", "07"), "Greater Manchester": ("06",),
    "Yorkshire and the Humber": ("12", "13", "14", "16"), "East Midlands": ("30", "31", "32", "33", "34"),
    "West Midlands": ("20", "21", "22", "23"), "East of England": ("35", "36", "37", "40", "41", "42"),
    "London": ("01", "48", "93"), "South Central": ("43", "44"), "Kent, Surrey and Sussex": ("45", "46", "47"),
    "South West": ("50", "52", "53", "54", "55"), "Wales": ("60", "61", "62", "63"),
}  # fmt: skip
_WEIGHTS = {
    "01": 16.5, "06": 6.4, "20": 6.4, "13": 5.2, "43": 3.6, "46": 3.1, "47": 2.4, "42": 3.0, "44": 3.2, "05": 2.5,
    "04": 2.8, "10": 2.6, "52": 2.8, "62": 2.2, "50": 2.0, "14": 2.5, "48": 0.2, "63": 0.6, "23": 0.8, "03": 0.7,
}  # fmt: skip
"""A force's share of recorded crime in percent where it is far from 1.7; in the order of the Home Office's tables."""


class Place(NamedTuple):
    """A police force's area. weight: its share of recorded crime; prisons: those that its people go to."""

    force: str
    name: str
    weight: float
    cps_area: str
    probation_region: str
    magistrates: tuple[str, str]
    crown: tuple[str, str]
    prisons: tuple[str, str]


def _of(areas: dict[str, tuple[str, ...]], force: str) -> str:
    return next(name for name, forces in areas.items() if force in forces)


PLACES: dict[str, Place] = {
    force: Place(
        force, name, _WEIGHTS.get(force, 1.7), f"CPS {_of(_CPS_AREAS, force)}", _of(_PROBATION, force),
        (f"B{force}SM00", f"{name} Magistrates' Court"), (f"C{force}SC00", f"{name} Crown Court"),
        (f"Z{int(force) % 12:02}", f"Z{int(force) % 12 + 20:02}"),
    )
    for force, name in FORCES.items()
}
PRISONS: tuple[str, ...] = tuple(sorted({prison for place in PLACES.values() for prison in place.prisons}))
