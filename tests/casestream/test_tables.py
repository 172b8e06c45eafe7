"""Tables on a terminal: every word of a table of figures can be read, however wide it is."""

import io
import re

import pytest
from rich.console import Console

from casestream import console

COLUMNS = ["stage", "custody type", *(f"figure {n}" for n in range(12))]
ROWS = [[f"stage {n}", "sentenced", *("1,234 suspects" for _ in range(12))] for n in range(3)]


def drawn(
    monkeypatch: pytest.MonkeyPatch, *, terminal: bool, columns: list[str], rows: list[list[str]], keys: int
) -> str:
    told = io.StringIO()
    out = Console(soft_wrap=True, highlight=False, width=80, force_terminal=terminal, no_color=True, file=told)
    monkeypatch.setattr(console, "OUT", out)
    console.table("", columns, rows, keys=keys)
    return re.sub("\x1b\\[[0-9;]*m", "", told.getvalue())


def test_what_has_no_room_on_a_terminal_comes_below_under_the_same_names(monkeypatch: pytest.MonkeyPatch) -> None:
    told = drawn(monkeypatch, terminal=True, columns=COLUMNS, rows=ROWS, keys=2)
    assert max(map(len, told.splitlines())) <= 80
    assert [told.count(f"figure {n} ") for n in range(12)] == [1] * 12
    assert told.count("1,234 suspects") == 36
    parts = told.count("custody type")
    assert parts == 4
    assert told.count("stage 2") == told.count("sentenced") / 3 == parts


def test_a_file_gets_one_table_however_wide(monkeypatch: pytest.MonkeyPatch) -> None:
    told = drawn(monkeypatch, terminal=False, columns=COLUMNS, rows=ROWS, keys=2)
    assert told.count("stage 2") == 1
    assert told.count("1,234 suspects") == 36


def test_a_column_wider_than_the_terminal_is_still_told(monkeypatch: pytest.MonkeyPatch) -> None:
    told = drawn(monkeypatch, terminal=True, columns=["name", "long", "short"], rows=[["n", "x" * 90, "y"]], keys=1)
    assert "x" * 90 in told
    assert told.count("name") == 2


def test_brackets_are_no_markup_and_take_no_room(monkeypatch: pytest.MonkeyPatch) -> None:
    told = drawn(monkeypatch, terminal=False, columns=["name", "said"], rows=[["n", "[bold] \\[x]"]], keys=1)
    assert "[bold] \\[x] " in told


def test_without_names_of_columns_there_is_no_heading(monkeypatch: pytest.MonkeyPatch) -> None:
    told = drawn(monkeypatch, terminal=False, columns=["", ""], rows=[["police", "12.1 %"]], keys=0)
    assert len(told.splitlines()) == 3
