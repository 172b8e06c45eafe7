"""What a condition holds together goes together as in DuckDB: cast where DuckDB casts, refused where DuckDB stops."""

import math
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from itertools import product
from typing import Any

import duckdb
import pytest

from processors.people.model import UnknownConditionError, read_settings
from processors.people.model.types import sql_type
from processors.people.scoring import Scorer
from tests.processors.people.test_settings import settings

TYPES = {
    "s": "VARCHAR", "n": "BIGINT", "f": "DOUBLE", "b": "BOOLEAN", "d": "DATE", "t": "TIMESTAMP", "ss": "VARCHAR[]",
    "dd": "DATE[]", "nn": "BIGINT[]", "st": "STRUCT(word VARCHAR, share DOUBLE)", "a": "BIGINT",
}  # fmt: skip


def _at(*told: int) -> datetime:
    return datetime(*told)  # type: ignore[arg-type]  # noqa: DTZ001 - SQL's TIMESTAMP has no zone


RECORDS: list[dict[str, Any]] = [
    {"s": "x", "n": 1, "f": 1.5, "b": True, "d": date(1990, 1, 2), "ss": ["x", "1"], "t": _at(1990, 1, 2),
     "dd": [date(1990, 1, 2)], "nn": [1, 2], "st": {"word": "x", "share": 0.5}, "a": 1},
    {"s": "10", "n": 2, "f": 2.0, "b": False, "d": date(1990, 1, 31), "ss": [], "t": _at(2000, 1, 2, 3, 4),
     "dd": [date(1990, 1, 31), date(1980, 1, 2)], "nn": [2], "st": {"word": "y", "share": 1.0}, "a": 1},
    dict.fromkeys(TYPES, None) | {"a": 1},
]  # fmt: skip

SAME = (
    "d_l = '1990-01-31'", "d_l > '1990-01-15'", "'1990-01-15' < d_l", "d_l IN ('1990-01-31', '1990-1-2')",
    "d_l BETWEEN '1990-01-15' AND '2000-01-01'", "d_l IS NOT DISTINCT FROM '1990-01-31'", "n_l = '1'", "n_l = '1.5'",
    "n_l > f_r", "n_l IN ('1', '7')", "f_l = '1.5'", "b_l = 'true'", "b_l = 'f'", "t_l = '1990-01-02'", "t_l >= d_r",
    "d_l = t_r", "t_l = '2000-01-02 03:04:00'", "nn_l = [1, 2]", "list_contains(dd_l, '1980-01-02')",
    "list_contains(nn_l, '1')", "list_contains(nn_l, 2.0)", "list_contains(ss_l, s_r)", "nn_l && [2.0, 7.5]",
    "list_has_any(ss_l, ['x'])", "len(list_intersect(nn_l, nn_r)) = 1", "coalesce(d_l, '1990-01-02') = d_r",
    "nullif(d_l, '1990-01-02') IS NULL", "CASE WHEN b_l THEN d_l ELSE '1990-01-31' END = d_r",
    "greatest(d_l, '1990-01-15') = '1990-01-31'", "greatest(d_l, t_r) = t_r", "d_l || s_r = '1990-01-02x'",
    "n_l || 'x' = '1x'", "d_l - d_r = 29", "d_l + 29 = d_r", "d_l - 29 = d_r",
    "date_diff('day', '1990-01-01', d_l) = 1", "date_diff('day', d_l, t_r) = 0", "epoch(d_l) > 0",
    "TRY_CAST(s_l AS INTEGER) = 10", "TRY_CAST(s_l AS DATE) IS NULL AND n_l = 1",
    "CAST(d_l AS VARCHAR) = '1990-01-02'", "CAST(b_l AS INTEGER) = 1", "CAST(n_l AS BOOLEAN)",
    "CAST('1990-01-31' AS DATE) = d_l", "dd_l[1] = '1990-01-02'", "list_max(dd_l) = '1990-01-31'",
    "list_max(list_transform(dd_l, lambda x: date_diff('day', x, d_r))) = 0", "st_l.word = s_r", "st_l.share < 1",
    "s_l = NULL", "NOT b_l", "b_l IS TRUE", "b_l", "1 = 1", "'1' < '2'", "1 = '1'",
    "list_max(list_distinct(nn_l)) = 2", "n_l % 2 = 1", "-n_l < 0", "abs(n_l - f_r) < 1", "s_l < s_r", "nn_l = nn_r",
)  # fmt: skip
"""What DuckDB and we answer alike."""

BOTH_REFUSE = (
    "s_l > 5", "s_l = 1", "s_l = n_r", "s_l = d_r", "s_l = b_r", "s_l = t_r", "s_l = ss_r", "n_l = d_r", "f_l = t_r",
    "d_l = dd_r", "dd_l = nn_r", "d_l = 1", "d_l = TRUE", "d_l = 'x'", "d_l > '1990-02-30'", "d_l = '19900102'",
    "n_l = 'x'", "n_l IN ('1', 'x')", "b_l = 'x'", "t_l > '1990'", "dd_l = '1990-01-02'",
    "list_has_any(dd_l, ['1980-01-02'])", "list_contains(dd_l, 'x')", "list_contains(dd_l, s_r)",
    "list_contains(ss_l, 1)", "dd_l && ss_r", "len(list_intersect(dd_l, ss_r)) > 1", "levenshtein(d_l, d_r) <= 1",
    "levenshtein(s_l, 5) <= 1", "jaro_winkler_similarity(d_l, d_r) > 0.9", "jaccard(d_l, d_r) > 0.9",
    "damerau_levenshtein(n_l, n_r) < 1", "hamming(n_l, n_r) < 1", "upper(d_l) = 'X'", "substr(d_l, 1, 4) = '1990'",
    "left(n_l, 1) = '1'", "regexp_extract(d_l, 'x') = ''", "trim(n_l) = '1'", "len(d_l) = 4", "length(n_l) = 1",
    "abs(s_l) = 1", "s_l + 1 = 2", "s_l - s_r = 0", "b_l + b_r = 1", "-s_l = 1", "sqrt(s_l) = 1",
    "coalesce(s_l, 1) = 1", "CASE WHEN b_l THEN s_l ELSE 1 END = 1", "least(n_l, s_l) = 1", "epoch(s_l) = 1",
    "date_diff('day', s_l, d_r) = 1", "try_strptime(d_l, '%Y') IS NULL", "CAST(d_l AS INTEGER) = 1", "s_l AND b_r",
    "NOT s_l", "s_l IS TRUE", "list_transform(dd_l, lambda x: len(x)) = [1]", "list_distinct(d_l) = d_r",
    "list_max(d_l) = d_r", "list_cosine_similarity(ss_l, ss_r) > 0.5", "CAST('x' AS DATE) = d_l", "st_l.none = 1",
)  # fmt: skip
"""What DuckDB stops at, for these records at least, and we refuse before any record comes."""

ONLY_WE_REFUSE = (
    "s_l", "dd_l = ['1990-01-02']", "n_l = b_r", "n_l AND b_r", "ss_l = nn_r", "n_l + '1' = 2", "left(s_l, '1') = 'x'",
    "t_l - t_r = t_l - t_r", "dd_l < dd_r",
)  # fmt: skip
"""What DuckDB answers, and nobody should ask."""


def by_duckdb(
    sql: str, types: Mapping[str, str] = TYPES, records: Sequence[Mapping[str, Any]] = RECORDS
) -> list[int]:
    """The level of each pair of records: 1 where a condition is true, 2 where it is not."""
    with duckdb.connect() as connection:
        for side in "lr":
            columns = ", ".join(f"{name}_{side} {told}" for name, told in types.items())
            connection.execute(f"CREATE TABLE {side} ({columns})")
            connection.executemany(f"INSERT INTO {side} VALUES ({', '.join('?' * len(types))})",
                                   [[record[name] for name in types] for record in records])  # fmt: skip
        rows = connection.execute(f"SELECT {sql} FROM l, r ORDER BY l.rowid, r.rowid").fetchall()
    return [1 if told is True else 2 for (told,) in rows]


def by_us(
    sql: str, types: Mapping[str, str] = TYPES, records: Sequence[Mapping[str, Any]] = RECORDS
) -> list[int]:
    """The same, as we have it."""
    scorer = Scorer(read_settings(settings(sql)), {name: sql_type(told) for name, told in types.items()})
    ready = [scorer.prepare(record) for record in records]
    return [scorer.parts(one, other)[0].level for one, other in product(ready, repeat=2)]


@pytest.mark.parametrize("sql", SAME)
def test_what_goes_together_is_answered_as_by_duckdb(sql: str) -> None:
    levels = by_us(sql)
    assert levels == by_duckdb(sql)
    assert set(levels) == {1, 2} or sql in ("s_l = NULL", "1 = 1", "'1' < '2'", "1 = '1'", "n_l = '1.5'"), levels


NUMBERS = (None, 0.0, -0.0, 1.0, -1.0, 2.5, math.nan, -math.nan, math.inf, -math.inf)


@pytest.mark.parametrize("sql", [
    "x_l = x_r", "x_l <> x_r", "x_l IS DISTINCT FROM x_r", "x_l IN (7, x_r)", "x_l BETWEEN x_r AND 2", "x_l < x_r",
    "x_l >= x_r", "x_l / x_r = x_r / x_l", "1 / x_l < x_r", "nullif(x_l, x_r) IS NULL", "greatest(x_l, x_r) = x_l",
    "least(x_l, x_r) = x_l", "[x_l] = [x_r]", "list_contains([x_l], x_r)", "len(list_intersect([x_l], [x_r])) = 1",
    "[x_l] && [x_r]", "list_max([x_l, x_r, 1]) = x_l", "list_min([x_l, x_r]) = x_r", "x_l - x_r = x_l",
    "x_l % x_r = x_l", "x_l % 0 = 1", "sqrt(x_l) = x_r", "cos(x_l) = x_r", "acos(x_l) > x_r",
    "len(list_distinct([x_l, x_r])) = 1", "abs(x_l) = x_r", "-x_l = x_r", "'nan' = x_l", "x_l > '1'", "a_l / 0 > x_r",
])  # fmt: skip
def test_numbers_that_are_none_are_as_in_duckdb(sql: str) -> None:
    """NaN is equal to itself and the greatest, minus zero a zero that divides otherwise."""
    types = {"a": "BIGINT", "x": "DOUBLE"}
    records = [{"a": 1, "x": number} for number in NUMBERS]
    levels = by_us(sql, types, records)
    assert levels == by_duckdb(sql, types, records)
    typed = by_us(sql, {}, records) if "'" not in sql else levels
    assert typed == levels, "the same where types are not known"


@pytest.mark.parametrize("sql", BOTH_REFUSE)
def test_what_stops_duckdb_is_refused(sql: str) -> None:
    with pytest.raises(duckdb.Error):
        by_duckdb(sql)
    with pytest.raises(UnknownConditionError):
        by_us(sql)


@pytest.mark.parametrize("sql", ONLY_WE_REFUSE)
def test_what_is_refused_though_duckdb_answers_it(sql: str) -> None:
    by_duckdb(sql)
    with pytest.raises(UnknownConditionError):
        by_us(sql)
