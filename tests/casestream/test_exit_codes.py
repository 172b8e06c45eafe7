"""0 success, 1 a finding, 2 a wrong call, 3 what cannot be reached; one clear line, never a traceback."""

import json
import os
import socket
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.casestream.conftest import Told

Cli = Callable[..., Told]


@pytest.fixture
def nowhere() -> str:
    """A port on which nobody listens."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return f"127.0.0.1:{probe.getsockname()[1]}"


WRONG_CALLS: list[list[str]] = [
    [],
    ["no-such-command"],
    ["publish"],
    ["publish", "no-such-format", "x"],
    ["publish", "cloudevents", "no-such-file"],
    ["publish", "cloudevents", "--at", "yesterday", "."],
    ["validate", "no-such-file"],
    ["wait", "--timeout", "soon"],
    ["contracts", "police.crimes"],
    ["simulate", "--events", "0", "--out", "x"],
    ["simulate", "--events", "5", "--cases", "5", "--out", "x"],
    ["simulate", "--events", "5", "--end", "whenever", "--out", "x"],
    ["simulate", "--events", "5", "--dirt", "some", "--out", "x"],
    ["simulate", "--events", "5", "--out", "no-such-folder/x"],
    ["up", "--workers", "-1"],
    ["score", "no-such-file"],
    ["reproject"],
    ["reproject", "C-1"],
    ["tidy", "--keep", "-1"],
    ["measure"],
    ["measure", "P99"],
    ["ask"],
]


@pytest.mark.parametrize("call", WRONG_CALLS, ids=" ".join)
def test_a_wrong_call_is_2(casestream: Cli, call: list[str]) -> None:
    told = casestream(*call)
    assert told.code == 2
    assert "Traceback" not in told.err + told.out


@pytest.mark.parametrize(
    "command",
    [["status"], ["wait"], ["migrate"], ["worker"], ["publish", "cloudevents", "e.json"], ["doctor"], ["tidy"],
     ["reproject", "--all"], ["measure", "P01"], ["ask", "report-to-arrest"]],
)
def test_where_nothing_runs_it_is_3_with_what_to_do(casestream: Cli, command: list[str]) -> None:
    Path("e.json").write_text("{}")
    told = casestream(*command)
    assert told.code == 3
    assert "casestream up" in told.err
    assert len(told.err.splitlines()) == 1


@pytest.mark.parametrize("command", [["wait"], ["publish", "cloudevents", "e.json"], ["worker"], ["up", "--detach"]])
def test_a_kafka_that_is_away_is_3(
    casestream: Cli, command: list[str], nowhere: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    Path("e.json").write_text("{}")
    monkeypatch.setenv("CASESTREAM_KAFKA", nowhere)
    told = casestream(*command)
    assert told.code == 3
    assert f"Kafka cannot be reached at {nowhere}" in told.err


def test_a_clickhouse_that_is_away_is_3(casestream: Cli, nowhere: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CASESTREAM_CLICKHOUSE", f"http://{nowhere}")
    told = casestream("migrate", "--status")
    assert told.code == 3
    assert f"ClickHouse cannot be reached at http://{nowhere}" in told.err


@pytest.mark.parametrize("command", [["migrate"], ["migrate", "--status"], ["score", "truth.jsonl"]], ids=" ".join)
def test_a_clickhouse_that_is_away_is_told_in_one_line(command: list[str], nowhere: str) -> None:
    Path("truth.jsonl").write_text("")
    told = subprocess.run(  # in a process of its own: what libraries log reaches the terminal there
        [sys.executable, "-m", "casestream", *command], capture_output=True, text=True, check=False,
        env={**os.environ, "CASESTREAM_CLICKHOUSE": f"http://{nowhere}"},
    )  # fmt: skip
    assert told.returncode == 3
    assert len(told.stderr.splitlines()) == 1, told.stderr
    assert "ClickHouse cannot be reached" in told.stderr


def test_status_as_json_says_why_there_are_no_figures(casestream: Cli) -> None:
    told = casestream("status", "--json")
    assert told.code == 3
    found = json.loads(told.out)
    assert "casestream up" in found["error"]
    assert found["published"] is found["cases"] is None
    assert len(told.err.splitlines()) == 1


@pytest.mark.parametrize(
    ("name", "value"),
    [("KAFKA", "nonsense"), ("CLICKHOUSE", "nonsense"), ("KAFKA_PORT", "70000"), ("WORKERS", "many")],
)
def test_a_wrong_setting_is_named(
    casestream: Cli, name: str, value: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(f"CASESTREAM_{name}", value)
    told = casestream("migrate" if name == "CLICKHOUSE" else "wait")
    assert told.code == 2
    assert f"CASESTREAM_{name}" in told.err


def test_down_where_nothing_runs_is_success(casestream: Cli) -> None:
    told = casestream("down")
    assert told.code == 0
    assert "nothing was running" in told.out


@pytest.mark.parametrize(
    ("call", "told"),
    [
        (["up", "--workers", "-1"], "'--workers': Input should be greater than or equal to 0, not '-1'"),
        (["up", "--kafka-port", "99999"], "'--kafka-port': Input should be less than or equal to 65535, not '99999'"),
        (["wait", "--timeout", "soon"], "unable to parse string as a number, not 'soon'"),
        (["rejects", "--agency", "nope"], "'nope' is not one of 'police', 'cps', 'hmcts', 'hmpps'"),
    ],
    ids=lambda value: value[0] if isinstance(value, list) else "",
)
def test_a_wrong_value_is_told_with_its_option_and_rule(casestream: Cli, call: list[str], told: str) -> None:
    assert casestream(*call).err.rstrip("\n").endswith(told)


@pytest.mark.parametrize("call", [["up", "--detach"], ["status"], ["status", "--json"], ["wait"]], ids=" ".join)
def test_a_folder_that_cannot_be_is_named(casestream: Cli, call: list[str]) -> None:
    Path("file").write_text("no folder")
    told = casestream(*call, "--data", "file/instance")
    assert (told.code, len(told.err.splitlines())) == (2, 1)
    assert str(Path("file/instance").absolute()) in told.err
    assert "Not a directory" in told.err


def test_down_makes_no_instance_of_a_folder_that_is_not_there(casestream: Cli) -> None:
    told = casestream("down", "--data", "not-there")
    assert (told.code, told.out) == (0, f"nothing was running under {Path('not-there').absolute()}\n")
    assert not Path("not-there").exists()


def test_a_folder_that_kafka_cannot_have_is_named(casestream: Cli) -> None:
    told = casestream("up", "--detach", "--data", "one,two")
    assert told.code == 2
    assert told.err.endswith("one,two: Kafka takes no folder with a comma in its path\n")
