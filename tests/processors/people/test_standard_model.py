"""What the model of a new instance joins, leaves, and holds apart: named pairs, by the thresholds of linking."""

from typing import Any

import pytest

from processors.people.clustering import LIMITS
from processors.people.clustering.verdicts import verdict
from processors.people.model import read_settings, standard
from processors.people.scoring import Scorer
from tests.processors.people.test_golden_pairs import (
    BARE,
    CRO,
    OTHER_CRO,
    OTHER_PNC,
    PNC,
    Record,
    person,
    stranger,
)

MODEL = read_settings(standard.SETTINGS)
SCORER = Scorer(MODEL)

PAIRS: list[tuple[str, Record, Record, str]] = [
    ("same name, birth, postcode", person(), person(), "joined"),
    ("same name and birth only", person(**BARE), person(**BARE), "neutral"),
    ("same name, birth and PNC id", person(**BARE, pnc_single=PNC), person(**BARE, pnc_single=PNC), "joined"),
    ("a letter of the name, birth and PNC id", person(**BARE, pnc_single=PNC),
     person(last="SMITHE", **BARE, pnc_single=PNC), "joined"),
    ("name and birth, another postcode", person(), person(postcode="XX99ZZ"), "neutral"),
    ("all the same but the PNC id", person(pnc_single=PNC), person(pnc_single=OTHER_PNC), "neutral"),
    ("all the same but PNC id and CRO number", person(pnc_single=PNC, cro_single=CRO),
     person(pnc_single=OTHER_PNC, cro_single=OTHER_CRO), "neutral"),
    ("only the PNC id is the same", person(pnc_single=PNC), stranger(pnc_single=PNC), "neutral"),
    ("the same master defendant and name", person(**BARE, master_defendant_id="m"),
     person(**BARE, master_defendant_id="m"), "joined"),
    ("strangers", person(), stranger(), "contradiction"),
]  # fmt: skip


@pytest.mark.parametrize(("one", "other", "expected"), [pair[1:] for pair in PAIRS], ids=[pair[0] for pair in PAIRS])
def test_a_pair_is(one: dict[str, Any], other: dict[str, Any], expected: str) -> None:
    weight = SCORER.weight(SCORER.prepare(one), SCORER.prepare(other))
    told = verdict(weight, None, False, MODEL.prior_weight, LIMITS)
    assert ("joined" if told.joined else told.apart or "neutral") == expected, weight


def test_of_each_comparison_the_m_probabilities_sum_to_one_and_u_are_probabilities() -> None:
    for comparison in MODEL.comparisons:
        levels = [level for level in comparison.levels if not level.is_null_level]
        assert sum(level.m for level in levels) <= 1.05, comparison.name
        assert all(0 < level.u <= 1 for level in levels), comparison.name
