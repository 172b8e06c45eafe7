"""The statements that name every serving table name all of them, with their keys."""

import re
from collections.abc import Iterator

import pytest

from clickhouse.checks import Check, CheckError, checks, parse
from clickhouse.queries import read
from schemas.tables import TABLES


def stored_keys() -> Iterator[tuple[str, str]]:
    yield from re.findall(r"'(\w+)' AS table, (.+) AS row_key\nFROM casestream\.\1 FINAL\n", read("rows_of_cases"))


def test_the_rows_of_cases_are_those_of_every_table_with_its_key() -> None:
    found = dict(stored_keys())
    assert list(found) == list(TABLES)
    for name, expression in found.items():
        bare = re.sub(r"toString\((?:toInt32\((\w+)\)|(\w+))\)", r"\1\2", expression)
        wanted = f"[{', '.join(TABLES[name].key)}]" if TABLES[name].key else "CAST([], 'Array(String)')"
        assert bare == wanted, name


def test_rows_without_a_case_are_looked_for_in_every_table() -> None:
    (check,) = (one for one in checks() if one.name == "rows_without_case")
    assert re.findall(r"'(\w+)' AS table, case_id FROM casestream\.\1 FINAL", check.statement) == list(TABLES)


@pytest.mark.parametrize("check", checks(), ids=lambda check: check.name)
def test_every_check_says_how_many_it_found_and_what_to_do(check: Check) -> None:
    assert check.title and check.remedy
    assert "count() OVER () AS found" in check.statement
    assert "LIMIT {most:UInt32}" in check.statement


@pytest.mark.parametrize(
    "text",
    ["-- title: x\nSELECT 1", "-- title: x\n-- settled: perhaps\n-- remedy: y\nSELECT 1", "-- what: x\nSELECT 1"],
)
def test_a_check_without_its_header_is_an_error(text: str) -> None:
    with pytest.raises(CheckError):
        parse("x", text)
