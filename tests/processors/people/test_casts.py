"""TRY_CAST of texts is DuckDB's, value by value."""

from collections.abc import Callable
from typing import Any

import duckdb
import pytest
from sqlglot import exp

from processors.people.scoring import functions
from processors.people.scoring.casts import CASTS

DAYS = (
    "1990-01-02", "1990-1-2", "1990-001-2", "19900102", "1990-W01-1", " 1990-01-02 ", "\t1990-01-02", "1990/01/02",
    "1990/1/2", "1990-01/02", "1990.01.02", "1990 01 02", "1990\\01\\02", "1990-01-02 10:00:00", "1990-01-02 junk",
    "1990-01-02T10:00:00", "1990-01-02 10:00:00Z", "1990-01-02 10:00:00+01", "1990-01-02T25:00", "1990-01-02x",
    "90-01-02", "1990-01", "1990", "1990-13-01", "1990-02-30", "2000-02-29", "+1990-01-02", "", "1990-1-2 3",
    "1990-01-02 24:00:00", "1990-010-02", "1990--01-02", "٢٠٠٠-01-01", "1990-01-02T", "1990-01-02\n", "00001990-01-02",
)  # fmt: skip
TIMES = (
    "1990-1-2 3:4", "1990-01-02 10:00", "1990-01-02 10", "1990-01-02T10:00:00.5", "1990-01-02T10:00:00.1234567",
    "1990-01-02 10:00:00 ", "19900102T100000", "1990-01-02 10:00:00+01:00", "1990-01-02 10:00:00+0100",
    "1990-01-02 10:00:00+1", "1990-01-02 10:00:00 +01", "1990-01-02 10:00:00 Europe/London", "1990-01-02t10:00:00",
    "1990-01-02  10:00:00", "1990-01-02 23:59:60", "1990-01-02 10:60:00", "1990-01-02 1:2:3", "1990-01-02 10:00:00z",
    "1990-01-02 10:00:00,5", "1990-01-02 10:00:00.", "1990/01/02 10:00", "1990-01-02 010:00:00", "1990-01-02Z",
    "1990-01-02 10:00:00+01:00:30", "1990-01-02-10:00:00", "1990-01-02 100000", "1990-01-02 10:00:00junk",
    "1990-01-02 10:00:00  UTC", "1990-01-02 10: 00", "1990-01-02T 10:00", "1990-01-02 T10:00", "1990-01-02 10:000",
    "1990-01-02 24:00:01",
)  # fmt: skip
NUMBERS = (
    "1", "1.5", "2.5", "-0.5", "-1.5", "1e3", "1_000", " 7 ", "abc", "", "+1", "- 1", "0x10", "0b1", "1.", ".5", "1e",
    "1e-1", "1.4e1", "99999999999", "9007199254740993", "nan", "1__0", "_1", "1_", "1e+3", "1,000", "٣", "Infinity",
    "-inf", "1e400", "1d", "127", "128", "-129", "true",
)  # fmt: skip
WORDS = ("true", "TRUE", "T", "yes", "on", "1", "0", "off", "y", "no", "2", "f", " true ", "1.0", "")


@pytest.mark.parametrize(
    ("named", "to", "texts"),
    [
        ("DATE", exp.DType.DATE, DAYS + TIMES), ("TIMESTAMP", exp.DType.TIMESTAMP, DAYS + TIMES),
        ("TINYINT", exp.DType.TINYINT, NUMBERS), ("INTEGER", exp.DType.INT, NUMBERS),
        ("BIGINT", exp.DType.BIGINT, NUMBERS), ("DOUBLE", exp.DType.DOUBLE, NUMBERS),
        ("BOOLEAN", exp.DType.BOOLEAN, WORDS),
    ],
)  # fmt: skip
def test_texts_become(named: str, to: exp.DType, texts: tuple[str, ...]) -> None:
    cast: Callable[[str], Any] = functions.tried(CASTS[to])
    with duckdb.connect() as connection:
        for text in texts:
            (expected,) = connection.execute(f"SELECT TRY_CAST(? AS {named})", [text]).fetchone() or ()
            assert repr(cast(text)) == repr(expected), text


@pytest.mark.parametrize("sql", [
    "TIMESTAMP '1990-01-02 10:00:00.5'", "TIMESTAMP '1990-01-02'", "DATE '1990-01-02'", "1.5::DOUBLE", "1e20::DOUBLE",
    "1e15::DOUBLE", "1e-5::DOUBLE", "'nan'::DOUBLE", "'-inf'::DOUBLE", "TRUE", "12",
])  # fmt: skip
def test_values_become_texts(sql: str) -> None:
    with duckdb.connect() as connection:
        value, text = connection.execute(f"SELECT {sql}, CAST({sql} AS VARCHAR)").fetchone() or ()
    assert CASTS[exp.DType.TEXT](value) == text
