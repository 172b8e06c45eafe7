"""What sort of offence it is: Home Office class in either spelling, CJS offence code, or the text of open data."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import NamedTuple

from schemas.vocabulary import (
    CJS_CLASSES,
    COURT_CLASSES,
    DRUGS,
    HO_CLASSES,
    MOTORING,
    POLICE_CLASSES,
    POLICE_UK_CRIME_TYPES,
    STATE_BASED,
    SUMMARY,
    VICTIM_BASED,
)

_POLICE = re.compile(r"0*(\d{1,3})(\.\d+)?([A-Z])?\Z")
_COURT = re.compile(r"(\d{3})/(\d{2})\Z")


class Offence(NamedTuple):
    """An offence's class. `number` is the Home Office class number, 0 when unknown; `ho_code` the class as it is
    written where it is known. `victim_based` is None where the sort is unknown or neither."""

    ho_code: str
    number: int
    group: str
    subgroup: str
    victim_based: int | None


@dataclass(frozen=True, slots=True, eq=False)
class OffenceList:
    """CJS offence codes with their Home Office classes; the built-in one holds the commonest charges, a full one is
    loaded from the national list."""

    classes: Mapping[str, str] = field(default_factory=lambda: CJS_CLASSES)


BUILT_IN = OffenceList()


def _class(number: int, spelt: str, group: tuple[str, str]) -> Offence:
    based = 1 if group[0] in VICTIM_BASED else 0 if group[0] in STATE_BASED else None
    return Offence(spelt, number, group[0], group[1], based)


@lru_cache(1 << 12)
def of_ho_code(code: str) -> Offence:
    """By a Home Office class: police (`19C`, `4.4`, `105A`) or court (`019/07`) spelling."""
    spelt = code.strip().upper()
    if court := _COURT.match(spelt):
        number, sub = int(court[1]), int(court[2])
        group = COURT_CLASSES.get(spelt) or COURT_CLASSES.get(court[1])
        if group is None and number == 4:
            group = POLICE_CLASSES.get(f"4.{sub}")
        if group is None and number == 92 and not 50 <= sub <= 69:
            group = (DRUGS, "Trafficking of drugs")
        if group is None:
            shared = number < 100 or number in (104, 105, 126, 802)
            group = HO_CLASSES.get(number) if shared else (MOTORING if number >= 800 else SUMMARY, "")
        return _class(number, spelt, group or ("", ""))
    if police := _POLICE.match(spelt):
        number = int(police[1])
        plain = f"{number}{police[2] or ''}{police[3] or ''}"
        return _class(number, spelt, POLICE_CLASSES.get(plain) or HO_CLASSES.get(number) or ("", ""))
    if spelt in POLICE_CLASSES:
        return _class(0, spelt, POLICE_CLASSES[spelt])
    return Offence(spelt, 0, "", "", None)


UNKNOWN = Offence("", 0, "", "", None)


@lru_cache(1 << 14)
def of_cjs_code(code: str, listed: OffenceList = BUILT_IN) -> Offence:
    """By a CJS offence code; an eighth letter (attempt, conspiracy, aiding) does not change the sort."""
    found = listed.classes.get(code[:7].upper())
    return of_ho_code(found) if found else UNKNOWN


@lru_cache(1 << 8)
def of_category(text: str) -> Offence:
    """By the crime type of open data."""
    group = POLICE_UK_CRIME_TYPES.get(text)
    return _class(0, "", group) if group else UNKNOWN


def of_crime(ho_code: str | None, offence_code: str | None, category: str | None, listed: OffenceList) -> Offence:
    """By what a recorded crime says of itself, the most exact first."""
    if ho_code:
        return of_ho_code(ho_code)
    if offence_code and (found := of_cjs_code(offence_code, listed)).number:
        return found
    return of_category(category) if category else UNKNOWN
