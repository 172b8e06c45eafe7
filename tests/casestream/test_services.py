"""A server of an instance is its own, whoever else answers on the port that it wished for."""

import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest

from casestream import services
from casestream.endpoints import Place
from casestream.errors import UnreachableError
from casestream.instance import State
from casestream.services import Services
from clickhouse.same_machine import PORT_TAKEN

_SERVER = """
import json, socket, sys, time
bound = socket.socket()
try:
    bound.bind(("127.0.0.1", int(sys.argv[1])))
except OSError:
    sys.exit(4)
bound.listen()
print(json.dumps({"port": bound.getsockname()[1]}), flush=True)
time.sleep(60)
"""


@pytest.fixture
def others_port() -> Iterator[int]:
    """A port at which somebody else answers."""
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        yield other.getsockname()[1]


def test_a_port_that_another_takes_meanwhile_gives_way_to_a_free_one(
    others_port: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    looks: list[int] = []
    free = services.free_port

    def still_free(wanted: int) -> int:
        looks.append(wanted)
        return wanted if len(looks) == 1 else free(wanted)

    monkeypatch.setattr(services, "free_port", still_free)
    started = Services(Place.of(tmp_path / "one"))
    try:
        url = started._server("preview", others_port, lambda port: ["-c", _SERVER, str(port)])
        assert looks == [others_port, 0]
        (port,) = [one.laddr.port for one in _process(started).net_connections("tcp")]
        assert url == f"http://127.0.0.1:{port}" != f"http://127.0.0.1:{others_port}"
    finally:
        started.stop()


def test_a_server_that_ends_for_another_reason_is_not_started_again(tmp_path: Path) -> None:
    started = Services(Place.of(tmp_path / "one"))
    with pytest.raises(UnreachableError, match="preview ended at its start"):
        started._server("preview", 0, lambda port: ["-c", "raise SystemExit(3)"])


@pytest.mark.parametrize("name", ["kafka", "clickhouse"])
def test_who_answers_where_a_server_was_that_has_ended_is_not_taken_for_it(
    name: str, others_port: int, tmp_path: Path
) -> None:
    place = Place.of(tmp_path / "one")
    url = f"127.0.0.1:{others_port}" if name == "kafka" else f"http://127.0.0.1:{others_port}"
    place.instance.write(State({name: url}, {}))
    with pytest.raises(UnreachableError, match=f"cannot be reached at {url}, it has ended: `casestream up"):
        place.kafka() if name == "kafka" else place.clickhouse()


def _process(started: Services) -> psutil.Process:
    return psutil.Process(started.state.processes["preview"].pid)


@pytest.mark.integration
@pytest.mark.parametrize("arguments", [
    ["-m", "clickhouse.embedded", "--path", "data"],
    ["-m", "casestream.preview", "--clickhouse", "http://127.0.0.1:1"],
], ids=["clickhouse", "preview"])  # fmt: skip
def test_a_server_says_that_its_port_is_taken(arguments: list[str], others_port: int, tmp_path: Path) -> None:
    root = Path(__file__).resolve().parents[2]
    told = subprocess.run(
        [sys.executable, *arguments, "--port", str(others_port), "--host", "127.0.0.1"], cwd=tmp_path, check=False,
        capture_output=True, text=True, timeout=60, env={**os.environ, "PYTHONPATH": str(root)},
    )  # fmt: skip
    assert told.returncode == PORT_TAKEN
    assert told.stderr.splitlines()[-1].startswith(f"port {others_port} cannot be opened")
