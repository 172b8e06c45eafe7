"""A settings document becomes a model, or an error that says which comparison and level is meant."""

from typing import Any

import pytest

from processors.people.model import ModelError, UnknownConditionError, read_settings
from processors.people.scoring import MissingColumnError, Scorer


def settings(*conditions: str, **level: Any) -> dict[str, Any]:
    """A model of one comparison: null, the conditions, and what is left."""
    made = [{"sql_condition": '"a_l" IS NULL OR "a_r" IS NULL', "is_null_level": True}]
    made += [{"sql_condition": sql, "label_for_charts": f"level {at}", **level} for at, sql in enumerate(conditions)]
    return {
        "sql_dialect": "duckdb", "probability_two_random_records_match": 0.01,
        "comparisons": [{"output_column_name": "a", "comparison_levels": [*made, {"sql_condition": "ELSE"}]}],
    }  # fmt: skip


@pytest.mark.parametrize(
    ("sql", "part"),
    [
        ("soundex(a_l) = soundex(a_r)", "soundex(a_l)"),
        ("a_l = a_r AND frobnicate(a_l, a_r) > 2", "frobnicate(a_l, a_r)"),
        ("a_l SIMILAR TO a_r", "a_l SIMILAR TO a_r"),
        ("a_l = a", "a"),
        ("date_diff('week', a_l, a_r) = 1", "date_diff('week', a_l, a_r)"),
    ],
)
def test_an_unknown_condition_names_comparison_level_and_sql(sql: str, part: str) -> None:
    with pytest.raises(UnknownConditionError) as caught:
        Scorer(read_settings(settings("a_l = a_r", sql)))
    error = caught.value
    assert (error.comparison, error.level, error.sql, error.part) == ("a", "level 1", sql, part)
    assert sql in str(error)
    assert part in str(error)


@pytest.mark.parametrize(
    ("dialect", "sql", "part"),
    [
        ("spark", "`a_l` = `a_r` AND Months_Between( `a_l`, `a_r` ) < 1", "Months_Between( `a_l`, `a_r` )"),
        ("spark", "date(try_to_timestamp(`a_l`, 'QQ')) IS NULL", "try_to_timestamp(`a_l`, 'QQ')"),
        ("postgres", """age("a_l", '1990-01-02 (x') = "a_r" """, """age("a_l", '1990-01-02 (x')"""),
        ("sqlite", "julianday(a_l) - julianday(a_r) < 1", "julianday(a_l)"),
    ],
)
def test_what_is_unknown_is_named_as_it_is_written(dialect: str, sql: str, part: str) -> None:
    with pytest.raises(UnknownConditionError) as caught:
        Scorer(read_settings(settings(sql) | {"sql_dialect": dialect}))
    assert caught.value.part == part
    assert sql.strip() in str(caught.value)


def test_conditions_are_read_not_compared() -> None:
    """The same condition in other words, letters and spaces is the same level."""
    for sql in ('"a_l"="a_r"', "( a_r\n = a_l )", "NOT (a_l <> a_r)", "a_l IN (a_r)", "coalesce(a_l = a_r, FALSE)"):
        scorer = Scorer(read_settings(settings(sql, m_probability=0.5, u_probability=0.125)))
        same, other = scorer.prepare({"a": "x"}), scorer.prepare({"a": "y"})
        assert scorer.parts(same, same)[0].weight == 2.0, sql
        assert scorer.parts(same, other)[0].level == 2, sql


def test_sql_that_is_none_is_an_error() -> None:
    with pytest.raises(ModelError, match="a, level 0: the condition is not SQL"):
        read_settings(settings("a_l = = a_r"))


def test_a_comparison_without_else_is_an_error() -> None:
    document = settings("a_l = a_r")
    document["comparisons"][0]["comparison_levels"].pop()
    with pytest.raises(ModelError, match="needs an ELSE level"):
        read_settings(document)


def test_a_term_frequency_needs_an_exact_match_of_its_column() -> None:
    with pytest.raises(ModelError, match="no level matches b exactly"):
        read_settings(settings("a_l = a_r", tf_adjustment_column="b"))


def test_what_training_never_saw_has_splinks_starting_values() -> None:
    unseen = "level not observed in training dataset"
    told = settings("a_l = a_r", m_probability=unseen, u_probability=unseen)
    assert read_settings(told).comparisons[0].levels[1] == read_settings(settings("a_l = a_r")).comparisons[0].levels[1]


@pytest.mark.parametrize("weight", [0, None])
def test_a_weight_of_nothing_for_term_frequencies_is_a_whole_one_as_splink_loads_it(weight: object) -> None:
    told = read_settings(settings("a_l = a_r", tf_adjustment_column="A", tf_adjustment_weight=weight))
    adjustment = told.comparisons[0].levels[1].adjustment
    assert adjustment is not None
    assert (adjustment.column, adjustment.weight) == ("a", 1.0)


def test_columns_are_the_same_in_capitals() -> None:
    document = settings('"A_l" = a_R', tf_adjustment_column="A", m_probability=0.5, u_probability=0.125)
    scorer = Scorer(read_settings(document))
    for record in ({"A": "x", "TF_a": 0.03125}, {"a": "x", "tf_a": 0.03125}):
        part = scorer.parts(scorer.prepare(record), scorer.prepare(record))[0]
        assert (part.weight, part.adjustment) == (2.0, 2.0)


@pytest.mark.parametrize("probability", [-0.1, 1.5, "much"])
def test_a_probability_lies_between_0_and_1(probability: object) -> None:
    with pytest.raises(ModelError, match="m_probability must lie between"):
        read_settings(settings("a_l = a_r", m_probability=probability))


def test_a_record_without_a_column_is_an_error() -> None:
    with pytest.raises(MissingColumnError, match="'a'"):
        Scorer(read_settings(settings("a_l = a_r"))).prepare({"b": 1})


def test_sparks_names_of_functions_are_known() -> None:
    document = settings("jaro_winkler(a_l, a_r) >= 0.9", "size(array_intersect(b_l, b_r)) >= 1")
    scorer = Scorer(read_settings(document | {"sql_dialect": "spark"}))
    one = scorer.prepare({"a": "MARTHA", "b": ["x"]})
    assert scorer.parts(one, scorer.prepare({"a": "MARHTA", "b": None}))[0].level == 1
    assert scorer.parts(one, scorer.prepare({"a": "ZZZ", "b": ["y", "x"]}))[0].level == 2
