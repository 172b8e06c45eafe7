"""Twins share a birthday, a last name, an address and often a day in court: a model that adds up what agrees takes them
for one person. A pair that looks so is held down, whatever its weight.

Source: hmpps-person-match, model/score.py (possible twins).
"""

from typing import Final

from processors.people.cleaning.clean import CleanPerson
from processors.people.scoring.strings import settled_jaro_winkler

TWINS_WEIGHT: Final = -5.0
"""The match weight of possible twins, in bits, unless theirs is lower anyway."""

_ALIKE: Final = 0.9
"""Jaro-Winkler similarity from which two first names may be spellings of one."""


def possible_twins(left: CleanPerson, right: CleanPerson) -> bool:
    """Whether two records look like twins: all but the first name agrees, and identifiers do not say otherwise."""
    if left.name_1_std == right.name_1_std or left.last_name_std != right.last_name_std:
        return False  # nearly all pairs
    if _equal(left.override_marker, right.override_marker):
        return False
    if _equal(left.master_defendant_id, right.master_defendant_id):
        return False
    if not _first_names_differ(left, right) or not _equal(left.last_name_std, right.last_name_std):
        return False
    if not _share(left.date_of_birth_arr, right.date_of_birth_arr):
        return False
    together = _share(left.sentence_date_arr, right.sentence_date_arr) or _share(left.postcode_arr, right.postcode_arr)
    if not together:
        return False
    if _equal(left.pnc_single, right.pnc_single) or _equal(left.cro_single, right.cro_single):
        return False
    ones, others = left.forename_std_arr or (), right.forename_std_arr or ()
    told_apart = _differ(left.pnc_single, right.pnc_single) or _differ(left.cro_single, right.cro_single)
    if told_apart and not _share(ones, others):
        return True
    return all(settled_jaro_winkler(one, other, _ALIKE) < _ALIKE for one in ones for other in others)


def _first_names_differ(left: CleanPerson, right: CleanPerson) -> bool:
    crossed = _equal(left.name_1_std, right.name_2_std) or _equal(left.name_2_std, right.name_1_std)
    return _differ(left.name_1_std, right.name_1_std) and not crossed


def _equal(one: str | None, other: str | None) -> bool:
    return one is not None and one == other


def _differ(one: str | None, other: str | None) -> bool:
    return one is not None and other is not None and one != other


def _share(ones: tuple[object, ...] | None, others: tuple[object, ...] | None) -> bool:
    return bool(ones and others) and any(one in (others or ()) for one in ones or ())
