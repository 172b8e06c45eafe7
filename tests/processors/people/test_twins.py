"""The sixteen twin cases of hmpps-person-match (integration/data_science/test_twins.py), by their names there: two
records that are equal but for some columns."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from processors.people.cleaning import clean
from processors.people.cleaning.clean import CleanPerson
from processors.people.cleaning.frequencies import NO_FREQUENCIES
from processors.people.model import read_settings
from processors.people.scoring.pairs import PairScorer
from processors.people.scoring.twins import TWINS_WEIGHT, possible_twins
from schemas.people import Address
from tests.processors.people import reference
from tests.processors.people.test_cleaning import record

PNC, OTHER_PNC, CRO, OTHER_CRO = "1999/0000001A", "2004/0000002B", "000001/99A", "000002/04B"
BORN, LATER = date(1990, 1, 1), date(1990, 5, 5)
SENTENCED = (date(2020, 1, 1),)

Fields = dict[str, tuple[Any, Any]]


def pair(fields: Fields) -> tuple[CleanPerson, CleanPerson]:
    """Two records of one name, birth, address, sentence, identifiers and master defendant, but for some fields."""
    person = clean(record("Brian", None, "Mere", date_of_birth=BORN.isoformat(), address=Address(postcode="AB1 2CD")))
    person = replace(person, sentence_date_arr=SENTENCED, pnc_single=PNC, cro_single=CRO, master_defendant_id="m")
    made = []
    for at in (0, 1):
        one = replace(person, **{name: values[at] for name, values in fields.items()})
        aliases = one.forename_std_arr if "forename_std_arr" in fields else ()
        names = tuple(sorted({name for name in (one.name_1_std, *(aliases or ())) if name}))
        made.append(
            replace(one, forename_std_arr=names, first_and_last_name_std=f"{one.name_1_std} {one.last_name_std}")
        )
    return made[0], made[1]


def fields(first: tuple[str, str] | None = ("NAME", "COMPLETELYDIFFERENTNAME"),
           pnc: tuple[str | None, str | None] = (PNC, OTHER_PNC),
           cro: tuple[str | None, str | None] = (CRO, OTHER_CRO), **more: tuple[Any, Any]) -> Fields:  # fmt: skip
    """What differs in most cases: the first name and both identifiers, and no master defendant id to tell."""
    made: Fields = {"pnc_single": pnc, "cro_single": cro, "master_defendant_id": (None, None)}
    return made | ({"name_1_std": first} if first else {}) | more


SIMILAR = ("BRIAN", "RIAN")
CASES: list[tuple[str, Fields, bool]] = [
    ("Identical data; not twins", {}, False),
    ("Simple twins", fields(), True),
    ("Explicitly mismatched IDs, and non-matching (but similar names); twins", fields(SIMILAR), True),
    ("DOB matches only via alias; twins",
     fields(("NAME", "NACOMPLETELYDIFFERENTNAME"), (PNC, None), (None, OTHER_CRO),
            date_of_birth=(BORN, LATER), date_of_birth_arr=((BORN, LATER), (LATER,))), True),
    ("One explicitly mismatched ID, and non-matching (but similar names); twins",
     fields(SIMILAR, (PNC, OTHER_PNC), (CRO, None)), True),
    ("Not fully explicitly mismatched IDs, and non-matching (but similar names); not twins",
     fields(SIMILAR, (PNC, None), (CRO, None)), False),
    ("Explicitly mismatched IDs, and matching names; not twins",
     fields(SIMILAR, forename_std_arr=((), ("BRIAN",))), False),
    ("Twins, IDs not explicitly mismatched", fields(pnc=(None, None), cro=(None, None)), True),
    ("Matching first name; not twins", fields(None), False),
    ("Similar alias; not twins",
     fields(pnc=(PNC, None), cro=(None, CRO), forename_std_arr=(("ALIAS",), ("ALIASA",))), False),
    ("Name matches alias; not twins", fields(forename_std_arr=((), ("NAME",))), False),
    ("Matching PNC; not twins", fields(pnc=(PNC, PNC)), False),
    ("Matching CRO; not twins", fields(cro=(CRO, CRO)), False),
    ("Second name matches first name; not twins",
     fields(pnc=(None, None), cro=(None, None), name_2_std=("NAME", "NAME")), False),
    ("Look like twins, but have master_defendant_id override", fields(master_defendant_id=("m", "m")), False),
    ("Look like twins, but have include override marker",
     fields(override_marker=("A", "A"), override_scopes=(("B",), ("B",))), False),
]  # fmt: skip


@pytest.mark.parametrize(("differing", "twins"), [case[1:] for case in CASES], ids=[case[0] for case in CASES])
def test_twins(differing: Fields, twins: bool) -> None:
    one, other = pair(differing)
    assert possible_twins(one, other) == possible_twins(other, one) == twins


@reference.needs_model
@pytest.mark.parametrize(("differing", "twins"), [case[1:] for case in CASES], ids=[case[0] for case in CASES])
def test_the_weight_of_twins_is_held_down(differing: Fields, twins: bool) -> None:
    scorer = PairScorer(read_settings(reference.settings()), NO_FREQUENCIES)
    one, other = (scorer.prepare(name, person) for name, person in zip("ab", pair(differing), strict=True))
    score = scorer.explain(one, other)
    assert score.twins == twins
    assert score.waterfall.match_weight > TWINS_WEIGHT
    assert score.match_weight == scorer.weight(one, other) == (TWINS_WEIGHT if twins else score.waterfall.match_weight)


@reference.needs_model
def test_the_rule_can_be_left_off() -> None:
    """To compare with Splink, which has no such rule."""
    scorer = PairScorer(read_settings(reference.settings()), NO_FREQUENCIES, twins_rule=False)
    one, other = (scorer.prepare(name, person) for name, person in zip("ab", pair(fields()), strict=True))
    assert scorer.weight(one, other) == scorer.explain(one, other).waterfall.match_weight > TWINS_WEIGHT
