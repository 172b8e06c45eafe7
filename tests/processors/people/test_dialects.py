"""A model that Splink's library made for another database says the same of a pair as the one for DuckDB."""

from collections.abc import Callable
from typing import Any

import pytest
import splink.comparison_level_library as levels
import splink.comparison_library as comparisons
from splink import ColumnExpression, SettingsCreator

from processors.people.model import read_settings
from processors.people.scoring import Scorer
from tests.processors.people.splink_models import TYPES, pairs
from tests.processors.people.splink_scores import by_us, column_types, levels_never_hit

Settings = dict[str, Any]
Made = Callable[[], Any]

_PAIRS = [pair for pair in pairs("dialects", 2_000) if all(any(record["vector"] or [1]) for record in pair)]
_PAIRS += [(one, one | {"first": one["last"], "last": one["first"]}) for one, _other in _PAIRS[:100]]
"""Without vectors of zeros, which are no number in DuckDB, and NULL in Spark."""


def _custom(*made: Any) -> Any:
    return comparisons.CustomComparison(output_column_name="x", comparison_levels=[*made, levels.ElseLevel()])


MADE: dict[str, Made] = {
    "exact": lambda: comparisons.ExactMatch("first"),
    "jaro-winkler": lambda: comparisons.JaroWinklerAtThresholds("last"),
    "jaro": lambda: comparisons.JaroAtThresholds("last", [0.9, 0.7]),
    "levenshtein": lambda: comparisons.LevenshteinAtThresholds("last"),
    "damerau-levenshtein": lambda: comparisons.DamerauLevenshteinAtThresholds("last"),
    "name": lambda: comparisons.NameComparison("first"),
    "forename and surname": lambda: comparisons.ForenameSurnameComparison("first", "last"),
    "email": lambda: comparisons.EmailComparison("email"),
    "postcode": lambda: comparisons.PostcodeComparison("postcode", lat_col="lat", long_col="long", km_thresholds=[10]),
    "pattern": lambda: _custom(levels.NullLevel("first", valid_string_pattern="^[A-Z]"),
                               levels.ExactMatchLevel(ColumnExpression("postcode").regex_extract("^([A-Z]+)[0-9]", 1))),
    "date of birth as text": lambda: comparisons.DateOfBirthComparison("born", input_is_string=True),
    "date of birth": lambda: comparisons.DateOfBirthComparison("born_on", input_is_string=False),
    "days as text": lambda: comparisons.AbsoluteDateDifferenceAtThresholds(
        "born", input_is_string=True, metrics=["day", "year"], thresholds=[12, 5]
    ),
    "days": lambda: comparisons.AbsoluteDateDifferenceAtThresholds(
        "born_on", input_is_string=False, metrics=["day", "month"], thresholds=[12, 2]
    ),
    "times as text": lambda: comparisons.AbsoluteTimeDifferenceAtThresholds(
        "seen_text", input_is_string=True, metrics=["minute", "day"], thresholds=[1, 2]
    ),
    "times": lambda: comparisons.AbsoluteTimeDifferenceAtThresholds(
        "seen_at", input_is_string=False, metrics=["second", "hour"], thresholds=[30, 3]
    ),
    "arrays": lambda: comparisons.ArrayIntersectAtSizes("tags", [2, 1]),
    "subset": lambda: _custom(levels.NullLevel("tags"), levels.ArraySubsetLevel("tags")),
    "pairwise": lambda: comparisons.PairwiseStringDistanceFunctionAtThresholds("tags", "levenshtein", [1]),
    "cosine": lambda: comparisons.CosineSimilarityAtThresholds("vector", [0.9, 0.3]),
    "first and last element": lambda: _custom(
        levels.ExactMatchLevel(ColumnExpression("tags").access_extreme_array_element("last")),
        levels.ExactMatchLevel(ColumnExpression("tags").access_extreme_array_element("first")),
    ),
    "distance": lambda: comparisons.DistanceInKMAtThresholds("lat", "long", [5, 50]),
    "amounts": lambda: _custom(levels.NullLevel("amount"), levels.PercentageDifferenceLevel("amount", 0.1),
                               levels.AbsoluteDifferenceLevel("number", 1)),
    "literals": lambda: _custom(
        levels.LiteralMatchLevel("born_on", "1990-01-02", "date", "both"),
        levels.LiteralMatchLevel("number", "3", "int", "left"),
        levels.LiteralMatchLevel("first", "john", "string", "right"),
    ),
    "reversed": lambda: _custom(levels.ColumnsReversedLevel("first", "last", symmetrical=True)),
}  # fmt: skip
NOT_IN_SPLINK = {
    "spark": set(),
    "postgres": {"jaro-winkler", "jaro", "damerau-levenshtein", "name", "forename and surname", "email", "subset",
                 "pairwise", "cosine"},
    "sqlite": {"email", "postcode", "pattern", "date of birth as text", "date of birth", "days as text", "days",
               "times as text", "times", "arrays", "subset", "pairwise", "cosine", "first and last element"},
}  # fmt: skip
"""What Splink's library makes for DuckDB and not for these."""


def _settings(made: Made, dialect: str) -> Settings:
    creator = SettingsCreator(link_type="dedupe_only", comparisons=[made()])
    return creator.create_settings_dict(sql_dialect_str=dialect) | {"sql_dialect": dialect}


@pytest.mark.parametrize(
    ("dialect", "name"),
    [(dialect, name) for dialect, without in NOT_IN_SPLINK.items() for name in MADE if name not in without],
)
def test_a_model_for_another_database_means_the_same(dialect: str, name: str) -> None:
    told = _settings(MADE[name], "duckdb")
    expected = by_us(told, _PAIRS, TYPES)
    assert not levels_never_hit(read_settings(told), expected), "the pairs leave a level untested"
    found = by_us(_settings(MADE[name], dialect), _PAIRS, TYPES)
    assert [one.levels for one in found] == [one.levels for one in expected]


@pytest.mark.parametrize(
    ("dialect", "name"), [(dialect, name) for dialect, without in NOT_IN_SPLINK.items() for name in sorted(without)]
)
def test_splink_makes_no_others(dialect: str, name: str) -> None:
    with pytest.raises(Exception, match=r"does not have|not supported|no attribute|NotImplemented"):
        _settings(MADE[name], dialect)


@pytest.mark.parametrize(
    ("dialect", "sql", "records", "level"),
    [
        ("postgres", "n_l / n_r = 1", {"n": (3, 2)}, 0), ("sqlite", "n_l / n_r = 1", {"n": (3, 2)}, 0),
        ("spark", "n_l / n_r = 1.5", {"n": (3, 2)}, 0), ("postgres", "n_l / 2 = 1.25", {"n": (2.5, None)}, 0),
        ("postgres", "array_length(a_l, 1) IS NULL", {"a": ([], None)}, 0),
        ("spark", "aggregate(a_l, 0, (x, y) -> x + y) = 6", {"a": ([1, 2, 3], None)}, 0),
        ("spark", "try_to_timestamp(t_l, 'yyyy-MM-dd HH:mmXXX') = try_to_timestamp(t_r, 'yyyy-MM-dd HH:mmXXX')",
         {"t": ("1990-01-02 10:00+01:00", "1990-01-02 09:00Z")}, 0),
        ("postgres", "try_cast_timestamp(t_l, 'YYYY-MM-DDTHH24:MI:SS') IS NULL", {"t": ("1990-01-02 10:00", None)}, 0),
        ("postgres", "substring(t_l from '[0-9]+') = '19'", {"t": ("x19", None)}, 0),
        ("postgres", "substring(t_l from 2 for 2) = '19'", {"t": ("x19", None)}, 0),
    ],
)  # fmt: skip
def test_words_of_other_databases(dialect: str, sql: str, records: dict[str, Any], level: int) -> None:
    made = [{"sql_condition": sql}, {"sql_condition": "ELSE"}]
    document = {"sql_dialect": dialect, "comparisons": [{"output_column_name": "x", "comparison_levels": made}]}
    scorer = Scorer(read_settings(document))
    left, right = ({name: told[side] for name, told in records.items()} for side in (0, 1))
    assert scorer.parts(scorer.prepare(left), scorer.prepare(right))[0].level == level


def test_other_databases_types_fit_too() -> None:
    sql = 'EXTRACT(EPOCH FROM "first_l") > 1'
    made = [{"sql_condition": sql}, {"sql_condition": "ELSE"}]
    document = {"sql_dialect": "postgres", "comparisons": [{"output_column_name": "x", "comparison_levels": made}]}
    with pytest.raises(ValueError, match="does not fit"):
        Scorer(read_settings(document), column_types(TYPES))
