"""Instances with the real servers, each command a process of its own, as a user would call them."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from casestream.figures import flow
from streams.broker import JavaMissingError, prepare

PORTS = ["--kafka-port", "0", "--clickhouse-port", "0", "--preview-port", "0"]


class Instances:
    """Commands on the instances of one test, each in a process of its own."""

    def __init__(self, folder: Path, cache: Path) -> None:
        self.folder = folder
        self.environment = {name: value for name, value in os.environ.items() if not name.startswith("CASESTREAM_")}
        self.environment["CASESTREAM_CACHE"] = str(cache)

    def command(self, data: str, *arguments: str) -> "subprocess.CompletedProcess[str]":
        return subprocess.run(
            [sys.executable, "-m", "casestream", *arguments, "--data", str(self.folder / data)],
            capture_output=True, text=True, cwd=self.folder, env=self.environment, timeout=200, check=False,
        )  # fmt: skip

    def right(self, data: str, *arguments: str) -> str:
        done = self.command(data, *arguments)
        assert done.returncode == 0, done.stderr
        return done.stdout

    def status(self, data: str) -> dict[str, Any]:
        found: dict[str, Any] = json.loads(self.right(data, "status", "--json"))
        return found

    def lag(self, data: str) -> int:
        """How many messages are not yet behind the rows, asked at once: a command takes seconds to start, and workers
        may be through by then."""
        told = json.loads((self.folder / data / "instance.json").read_text(encoding="utf-8"))
        return sum(one.lag for one in flow(told["endpoints"]["kafka"]).values())


@pytest.fixture(scope="module")
def cache(pytestconfig: pytest.Config) -> Path:
    kept = pytestconfig.cache
    assert kept is not None
    folder = Path(kept.mkdir("kafka"))
    try:
        prepare(folder)
    except JavaMissingError as error:
        pytest.skip(f"Apache Kafka cannot run here: {error}")
    return folder


@pytest.fixture
def instances(tmp_path: Path, cache: Path) -> Iterator[Instances]:
    made = Instances(tmp_path, cache)
    yield made
    for file in tmp_path.glob("*/instance.json"):
        made.command(file.parent.name, "down")
