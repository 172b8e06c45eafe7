"""What several rooms' tests share: the real ClickHouse engine behind its HTTP front, started once a session."""

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from clickhouse.migrate import apply
from clickhouse.store import Endpoint, Store

pytest_plugins = ["tests.instances"]

SHARED = Path(__file__).resolve().parents[2] / "shared"
"""Facts and samples for tests, beside the project's folder; tests that need them say so when they are absent."""


def start_clickhouse(folder: Path, port: int = 0) -> "tuple[subprocess.Popen[bytes], int]":
    """A server process over a folder, and its port."""
    process = subprocess.Popen(
        [sys.executable, "-m", "clickhouse.embedded", "--path", str(folder), "--port", str(port)],
        stdout=subprocess.PIPE,
    )
    assert process.stdout is not None
    return process, int(json.loads(process.stdout.readline())["port"])


@pytest.fixture(scope="session")
def clickhouse_endpoint(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Endpoint]:
    """Where a running ClickHouse is, as the writer; without tables."""
    process, port = start_clickhouse(tmp_path_factory.mktemp("clickhouse"))
    try:
        yield Endpoint(port=port)
    finally:
        process.terminate()
        process.wait(20)


@pytest.fixture(scope="session")
def store(clickhouse_endpoint: Endpoint) -> Iterator[Store]:
    """A store with all migrations applied."""
    connected = Store.connect(clickhouse_endpoint)
    apply(connected)
    yield connected
    connected.close()
