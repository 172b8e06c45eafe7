"""A command imports what it needs itself, not what all the others need."""

import subprocess
import sys

import pytest

from casestream.cli import COMMANDS, GROUPS, run
from casestream.errors import Exit

IMPORTED = "import sys; from casestream.cli import run; run([{name!r}, '--help']); print(*sys.modules)"


@pytest.mark.parametrize("name", [*COMMANDS, *GROUPS])
def test_each_command_tells_of_itself(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run([name, "--help"]) == Exit.SUCCESS
    assert f"casestream {name} " in capsys.readouterr().out


def test_only_the_called_command_is_imported() -> None:
    told = subprocess.run(
        [sys.executable, "-c", IMPORTED.format(name="status")], check=True, capture_output=True, text=True
    ).stdout
    modules = set(told.splitlines()[-1].split())
    assert "casestream.commands.status" in modules
    assert not {"casestream.commands.explain", "sqlglot"} & modules


def test_a_command_that_is_mistyped_is_answered_with_one_that_there_is(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["staus"]) == Exit.WRONG_CALL
    assert "status" in capsys.readouterr().err
