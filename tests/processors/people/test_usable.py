"""What passes as a model for people can score people: what cannot is refused by name before it is put in force."""

from typing import Any

import pytest

from processors.people.cleaning import clean
from processors.people.cleaning.frequencies import NO_FREQUENCIES
from processors.people.model import ModelError, UnknownConditionError
from processors.people.scoring.pairs import PEOPLE_TYPES, PairScorer
from processors.people.usable import usable
from tests.processors.people.test_cleaning import record
from tests.processors.people.test_settings import settings

ONE = clean(record("Alba", None, "Mere", date_of_birth="1980-01-02"))
OTHER = clean(record("Ann", None, "Merewick", date_of_birth="1981-01-02", pnc="79/163001B"))


def _model(sql: str, **more: Any) -> dict[str, Any]:
    document = settings(sql) | more
    document["comparisons"][0]["comparison_levels"].pop(0)
    return document


def test_the_types_of_all_columns_are_known() -> None:
    assert {*ONE.columns()} < {*PEOPLE_TYPES}
    assert str(PEOPLE_TYPES["date_of_birth_arr"]) == "date[]"


@pytest.mark.parametrize(
    ("sql", "level"),
    [
        ("date_of_birth_l >= '1950-01-01' AND date_of_birth_r >= '1950-01-01'", 0),
        ("date_of_birth_l = '1980-01-02'", 0), ("'1981-01-01' < date_of_birth_r", 0),
        ("list_contains(date_of_birth_arr_l, '1980-01-02')", 0),
        ("date_of_birth_l BETWEEN '1981-01-01' AND '1990-01-01'", 1),
        ("CAST(pnc_single_r AS INTEGER) = 5", 1), ("jaccard(substr(name_1_std_l, 5), name_1_std_r) > 0.5", 1),
        ("hamming(name_1_std_l, name_1_std_r) = 1", 1), ("DATE_OF_BIRTH_L = '1980-01-02'", 0),
    ],
)  # fmt: skip
def test_what_is_usable_scores_people(sql: str, level: int) -> None:
    scorer = PairScorer(usable(_model(sql)), NO_FREQUENCIES)
    score = scorer.explain(scorer.prepare("a", ONE), scorer.prepare("b", OTHER))
    assert score.waterfall.bars[0].vector_value == 1 - level


@pytest.mark.parametrize(
    "sql",
    ["name_1_std_l > 5", "date_of_birth_arr_l = date_of_birth_r", "levenshtein(date_of_birth_l, date_of_birth_r) <= 1",
     "date_of_birth_l = 'never'", "substr(date_of_birth_l, 1, 4) = substr(date_of_birth_r, 1, 4)",
     "postcode_arr_l[1][1] = 'x'", "length(date_of_birth_l) = 4", "name_1_std_l"],
)  # fmt: skip
def test_what_does_not_go_together_is_named(sql: str) -> None:
    with pytest.raises(UnknownConditionError) as caught:
        usable(_model(sql))
    assert sql in str(caught.value)
    assert "a, level 0" in str(caught.value)


def test_blocking_rules_that_cannot_be_worked_out_are_refused() -> None:
    rules = ["substr(l.date_of_birth, 1, 4) = substr(r.date_of_birth, 1, 4)"]
    with pytest.raises(ModelError, match="blocking rules"):
        usable(_model("name_1_std_l = name_1_std_r", blocking_rules_to_generate_predictions=rules))
