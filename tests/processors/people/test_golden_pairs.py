"""Whole-pair match weights of the Ministry of Justice's model, as they were measured with Splink 4.0.15 and 5.0.0."""

from datetime import date
from typing import Any

import pytest

from processors.people.model import read_settings
from processors.people.scoring import Scorer
from tests.processors.people import reference

BORN = date(1980, 1, 2)
Record = dict[str, Any]


def person(first: str = "JOHN", last: str = "SMITH", born: date = BORN, postcode: str | None = "AB12CD",
           **more: Any) -> Record:  # fmt: skip
    """A record in the model's columns; a postcode has the frequency 5e-5, no name has one."""
    return {
        "name_1_std": first, "name_2_std": None, "last_name_std": last, "first_and_last_name_std": f"{first} {last}",
        "forename_std_arr": [first], "last_name_std_arr": [last], "date_of_birth": born, "date_of_birth_arr": [born],
        "postcode_arr": [postcode] if postcode else None,
        "postcode_arr_with_freq": [{"value": postcode, "rel_freq": 5e-5}] if postcode else None,
        "postcode_outcode_arr": [postcode[:-3]] if postcode else None, "pnc_single": None, "cro_single": None,
        "sentence_date_arr": None, "override_marker": None, "override_scopes": None, "master_defendant_id": None,
    } | more  # fmt: skip


def stranger(**more: Any) -> Record:
    """Someone who shares nothing with `person`."""
    return person("PETER", "JONES", date(1955, 7, 8), "ZZ99ZZ", **more)


PNC, OTHER_PNC, CRO, OTHER_CRO = "2001/0000001A", "1999/7654321B", "123456/01A", "987654/99B"
A_YEAR_LATER = [date(2020, 5, 6)]
BARE: dict[str, Any] = {"postcode": None}

PAIRS = [
    ("same name, birth, postcode", person(), person(), 21.11),
    ("and same middle name", person(name_2_std="ALAN"), person(name_2_std="ALAN"), 27.35),
    ("same name and birth only", person(**BARE), person(**BARE), 9.08),
    ("name and birth, same outcode", person(), person(postcode="AB19ZZ"), 14.34),
    ("name and birth, other postcode", person(), person(postcode="ZZ99ZZ"), 6.76),
    ("name, birth, sentence date", person(**BARE, sentence_date_arr=A_YEAR_LATER),
     person(**BARE, sentence_date_arr=A_YEAR_LATER), 19.98),
    ("SMITH and SMYTH, rest same", person(), person(last="SMYTH"), 11.35),
    ("birth one digit off, rest same", person(), person(born=date(1980, 1, 3)), 10.52),
    ("names swapped, birth", person(**BARE), person("SMITH", "JOHN", **BARE), 6.03),
    ("other first name, as of a twin", person(), person("PETER"), 6.81),
    ("same name, birth, PNC", person(**BARE, pnc_single=PNC), person(**BARE, pnc_single=PNC), 30.67),
    ("PNC same, birth far, name same", person(**BARE, pnc_single=PNC),
     person(**BARE, born=date(1955, 7, 8), pnc_single=PNC), 8.21),
    ("PNC same, all else differs", person(pnc_single=PNC), stranger(pnc_single=PNC), -19.08),
    ("PNC and CRO same, all else differs", person(pnc_single=PNC, cro_single=CRO),
     stranger(pnc_single=PNC, cro_single=CRO), -10.76),
    ("PNC same, CRO differs, rest same", person(pnc_single=PNC, cro_single=CRO),
     person(pnc_single=PNC, cro_single=OTHER_CRO), 42.69),
    ("rest same, PNC differs", person(pnc_single=PNC), person(pnc_single=OTHER_PNC), 11.11),
    ("rest same, both identifiers differ", person(pnc_single=PNC, cro_single=CRO),
     person(pnc_single=OTHER_PNC, cro_single=OTHER_CRO), 7.11),
    ("one has a PNC only, the other a CRO only", person(pnc_single=PNC), person(cro_single=OTHER_CRO), 21.11),
    ("master defendant id same, rest differs", person(master_defendant_id="m"),
     stranger(master_defendant_id="m"), -20.73),
    ("include marker, rest differs", person(override_marker="a"), stranger(override_marker="a"), 125.4),
    ("exclude marker, rest same", person(override_marker="a", override_scopes=["s"]),
     person(override_marker="b", override_scopes=["s"]), -145.0),
]  # fmt: skip


@reference.needs_model
@pytest.mark.parametrize(("left", "right", "weight"), [pair[1:] for pair in PAIRS], ids=[pair[0] for pair in PAIRS])
def test_golden_pair(left: Record, right: Record, weight: float) -> None:
    scorer = Scorer(read_settings(reference.settings()))
    one, other = scorer.prepare(left), scorer.prepare(right)
    assert scorer.weight(one, other) == pytest.approx(weight, abs=0.06 if abs(weight) > 100 else 0.0051)
    assert scorer.weight(other, one) == scorer.weight(one, other)
