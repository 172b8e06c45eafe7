"""Commands as a user calls them, in this process: exit code, standard output, standard error."""

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from casestream import console
from casestream.cli import run
from clickhouse.store import Endpoint


@dataclass(frozen=True, slots=True)
class Told:
    """What a command said."""

    code: int
    out: str
    err: str


@pytest.fixture(autouse=True)
def nothing_is_set(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[None]:
    """No setting of this machine's user reaches a test, and what a test leaves stays in its folder."""
    import os

    for name in [name for name in os.environ if name.startswith("CASESTREAM_")]:
        monkeypatch.delenv(name)
    monkeypatch.chdir(tmp_path)
    yield


@pytest.fixture
def casestream(capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Callable[..., Told]:
    """`casestream("validate", "file")`."""
    from rich.console import Console

    def call(*arguments: str) -> Told:
        capfd.readouterr()
        with monkeypatch.context() as patch:
            for name, stderr in (("OUT", False), ("NOTES", True)):
                kept = getattr(console, name)
                patch.setattr(kept, "_file", None)
                patch.setattr(kept, "_width", 200)
                assert isinstance(kept, Console) and kept.stderr is stderr
            code = run(list(arguments))
        out, err = capfd.readouterr()
        return Told(code, out, err)

    return call


@pytest.fixture
def store_cli(
    casestream: Callable[..., Told], clickhouse_endpoint: Endpoint, monkeypatch: pytest.MonkeyPatch
) -> Callable[..., Told]:
    """The same, over the store of the tests."""
    monkeypatch.setenv("CASESTREAM_CLICKHOUSE", f"http://127.0.0.1:{clickhouse_endpoint.port}")
    return casestream


def in_json(command: Callable[..., Told], *arguments: str) -> dict[str, Any]:
    """What a command that ends well says to machines."""
    told = command(*arguments, "--json")
    assert told.code == 0, told.err
    found: dict[str, Any] = json.loads(told.out)
    return found
