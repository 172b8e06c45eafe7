"""The plugin's macros expand here as they do in Grafana."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grafana.macros import MacroError, Period, expand, quoted

PERIOD = Period(datetime(2025, 1, 1, tzinfo=UTC), datetime(2025, 2, 1, tzinfo=UTC))


def test_time_and_date_filters() -> None:
    assert expand("$__timeFilter(at)", PERIOD, {}) == "at >= toDateTime(1735689600) AND at <= toDateTime(1738368000)"
    assert expand("$__dateFilter(d)", PERIOD, {}) == "d >= toDate('2025-01-01') AND d <= toDate('2025-02-01')"
    nested = expand("$__timeFilter(coalesce(a, greatest(b, c)))", PERIOD, {})
    assert nested.startswith("coalesce(a, greatest(b, c)) >= toDateTime(")


def test_a_condition_holds_only_when_something_is_chosen() -> None:
    sql = "$__conditionalAll(force IN (${force:singlequote}), $force)"
    assert expand(sql, PERIOD, {"force": []}) == "1=1"
    assert expand(sql, PERIOD, {"force": ["40", "01"]}) == "force IN ('40','01')"


@given(st.text())
def test_a_chosen_value_is_never_more_than_a_string(value: str) -> None:
    sql = quoted(value)
    assert sql[0] == sql[-1] == "'"
    inner = sql[1:-1].replace("\\\\", "").replace("\\'", "")
    assert "'" not in inner
    assert "\\" not in inner


@pytest.mark.parametrize("value", ["$force", "${force}", "${force:singlequote}", "$__interval_s", "$__timeFilter(a)"])
def test_a_chosen_value_that_looks_like_a_macro_is_a_value(value: str) -> None:
    assert expand("x IN (${force:singlequote})", PERIOD, {"force": [value]}) == f"x IN ('{value}')"


def test_what_is_not_known_is_an_error() -> None:
    for sql in ("SELECT $__timeGroup(at, 5m)", "SELECT ${absent:singlequote}", "SELECT ${force:raw}", "SELECT $force"):
        with pytest.raises(MacroError):
            expand(sql, PERIOD, {"force": ["40"]})


def test_a_condition_may_hold_parentheses_in_one_another() -> None:
    condition = "((a IN (SELECT b FROM t WHERE (f((c)) IN (${x:singlequote})))) != (1 = 1))"
    sql = f"SELECT 1 WHERE $__conditionalAll({condition}, $x) AND (d = 1)"
    assert expand(sql, PERIOD, {"x": ()}) == "SELECT 1 WHERE 1=1 AND (d = 1)"
    assert expand(sql, PERIOD, {"x": ("y",)}) == f"SELECT 1 WHERE {condition} AND (d = 1)".replace(
        "${x:singlequote}", "'y'"
    )
