"""A Splink settings JSON (versions 4 and 5) -> a `Model`.

Where a level has no m or u probability (it was never trained, or not seen in training), Splink's own starting values
stand in, as they do when Splink loads the file. Keys that bear on training, columns kept or names of columns only are
read over.
"""

from collections.abc import Mapping, Sequence
from typing import Any

import sqlglot
from sqlglot import exp
from sqlglot.errors import SqlglotError

from processors.people.model.columns import exact_match_columns
from processors.people.model.dialects import as_duckdb
from processors.people.model.errors import ModelError
from processors.people.model.structure import Comparison, ComparisonLevel, Model, TermFrequencyAdjustment

_NOT_OBSERVED = "level not observed in training dataset"
_DIALECTS = {"duckdb": "duckdb", "spark": "spark", "postgres": "postgres", "sqlite": "sqlite", "athena": "presto"}


def read_settings(settings: Mapping[str, Any]) -> Model:
    """The model that a settings document holds. Raises ModelError where it holds none."""
    dialect = _DIALECTS.get(str(settings.get("sql_dialect") or "duckdb"))
    if dialect is None:
        raise ModelError(f"unknown sql_dialect {settings['sql_dialect']!r}")
    prior = settings.get("probability_two_random_records_match", 0.0001)
    if not isinstance(prior, int | float) or not 0 < prior < 1:
        raise ModelError("probability_two_random_records_match must lie between 0 and 1")
    comparisons = settings.get("comparisons")
    if not isinstance(comparisons, Sequence) or not comparisons:
        raise ModelError("a model needs comparisons")
    return Model(
        comparisons=tuple(_comparison(one, number, dialect) for number, one in enumerate(comparisons)),
        prior=float(prior),
        blocking_rules=tuple(_blocking_rule(one) for one in settings.get("blocking_rules_to_generate_predictions", ())),
        dialect=dialect,
    )


def _blocking_rule(rule: str | Mapping[str, Any]) -> tuple[str, tuple[str, ...]]:
    if isinstance(rule, str):
        return rule, ()
    return str(rule["blocking_rule"]), tuple(str(one).lower() for one in rule.get("arrays_to_explode") or ())


def _comparison(document: Mapping[str, Any], number: int, dialect: str) -> Comparison:
    levels = document.get("comparison_levels") or ()
    name = str(document.get("output_column_name") or document.get("comparison_description") or f"comparison {number}")
    counted = [level for level in levels if not level.get("is_null_level")]
    if not counted:
        raise ModelError("a comparison needs a level that is not null", name)
    conditions = [_condition(level, name, dialect) for level in levels]
    if None not in conditions:
        raise ModelError("a comparison needs an ELSE level, or some pairs would have no weight", name)
    values = iter(range(len(counted) - 1, -1, -1))
    untrained = _untrained(len(counted))
    numbered = [-1 if level.get("is_null_level") else next(values) for level in levels]
    m = [_probability(level, "m_probability", untrained[value][0], name)
         for level, value in zip(levels, numbered, strict=True)]
    u = [_probability(level, "u_probability", untrained[value][1], name)
         for level, value in zip(levels, numbered, strict=True)]
    return Comparison(
        name,
        tuple(
            ComparisonLevel(
                label=_label(level),
                sql=str(level["sql_condition"]),
                condition=conditions[at],
                is_null_level=bool(level.get("is_null_level")),
                vector_value=numbered[at],
                m=m[at],
                u=u[at],
                adjustment=_adjustment(levels, conditions, u, at, name),
            )
            for at, level in enumerate(levels)
        ),
    )


def _label(level: Mapping[str, Any]) -> str:
    return " ".join(str(level.get("label_for_charts") or level.get("sql_condition", "")).split())


def _condition(level: Mapping[str, Any], comparison: str, dialect: str) -> exp.Expr | None:
    sql = level.get("sql_condition")
    if not isinstance(sql, str):
        raise ModelError("a level needs an sql_condition", comparison, _label(level))
    if sql.strip().upper() == "ELSE":
        return None
    try:
        return as_duckdb(sqlglot.parse_one(sql, read=dialect), dialect)
    except SqlglotError as error:
        raise ModelError(f"the condition is not SQL: {' '.join(sql.split())}", comparison, _label(level)) from error


def _untrained(levels: int) -> list[tuple[float, float]]:
    """Splink's starting m and u of each level, lowest first: 95 % of matches agree fully, the rest is spread evenly,
    and the weights rise in even steps from -5 to 3, and 10 for the highest."""
    if levels == 1:
        return [(0.95, 0.95 / 2.0**10)]
    rest = (1 - 0.95) / (levels - 1)
    m = [rest] * (levels - 1) + [0.95]
    step = 8 / (levels - 2) if levels > 2 else 0.0
    weights = [-5 + step * at for at in range(levels - 1)] + [10.0]
    return [(one, one / 2.0**weight) for one, weight in zip(m, weights, strict=True)]


def _probability(level: Mapping[str, Any], key: str, untrained: float, comparison: str) -> float:
    value = level.get(key)
    if level.get("is_null_level") or value in (None, _NOT_OBSERVED):
        return untrained
    if not isinstance(value, int | float) or not 0 <= value <= 1:
        raise ModelError(f"{key} must lie between 0 and 1, not {value!r}", comparison, _label(level))
    return float(value)


def _adjustment(
    levels: Sequence[Mapping[str, Any]], conditions: Sequence[exp.Expr | None], u: Sequence[float], at: int, name: str
) -> TermFrequencyAdjustment | None:
    level = levels[at]
    column = level.get("tf_adjustment_column")
    weight = float(level.get("tf_adjustment_weight") or 1.0)  # Splink loads a weight of 0 as if there were none
    if column is None or level.get("is_null_level") or conditions[at] is None:
        return None
    column = str(column).strip('"`').lower()
    if level.get("disable_tf_exact_match_detection"):
        exact_u = u[at]
    else:
        exact = (
            u[other]
            for other, condition in enumerate(conditions)
            if condition is not None and exact_match_columns(condition) == [column]
        )
        found = next(exact, None)
        if found is None:
            raise ModelError(f"no level matches {column} exactly, against which to adjust", name, _label(level))
        exact_u = found
    if exact_u <= 0:
        raise ModelError(f"the exact match of {column} has a u probability of 0", name, _label(level))
    return TermFrequencyAdjustment(column, weight, float(level.get("tf_minimum_u_value") or 0.0), exact_u)
