"""Settings: the environment wins over the file, the file over the default, and a password is never shown."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from casestream.endpoints import Place
from casestream.instance import Instance, State
from casestream.settings import described, load
from tests.casestream.conftest import Told

Cli = Callable[..., Told]


def source_of(name: str) -> tuple[str, str]:
    found = {one.name: one for one in described(load())}[name]
    return found.value, found.source


def test_environment_then_file_then_default(monkeypatch: pytest.MonkeyPatch) -> None:
    assert source_of("CASESTREAM_KAFKA_PORT") == ("9092", "default")
    Path("casestream.env").write_text("CASESTREAM_KAFKA_PORT=1234\n")
    assert source_of("CASESTREAM_KAFKA_PORT") == ("1234", "file")
    monkeypatch.setenv("CASESTREAM_KAFKA_PORT", "4321")
    assert source_of("CASESTREAM_KAFKA_PORT") == ("4321", "environment")


def test_a_password_is_not_shown(casestream: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CASESTREAM_CLICKHOUSE_PASSWORD", "swordfish")
    assert "swordfish" not in casestream("settings").out
    told = casestream("settings", "--json")
    assert "swordfish" not in told.out
    assert {"name", "value", "default", "source", "description"} == set(json.loads(told.out)[0])


def test_data_names_the_instance(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    assert Place.of(None).instance.folder == tmp_path / ".casestream"
    monkeypatch.setenv("CASESTREAM_DATA", str(tmp_path / "one"))
    assert Place.of(None).instance.folder == tmp_path / "one"
    assert Place.of(tmp_path / "two").instance.folder == tmp_path / "two"


def test_an_address_that_is_set_wins_over_the_instance(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    Instance(tmp_path / ".casestream").write(State({"clickhouse": "http://127.0.0.1:1"}, {}, {"clickhouse"}))
    assert Place.of(None).clickhouse() == "http://127.0.0.1:1"
    monkeypatch.setenv("CASESTREAM_CLICKHOUSE", "http://clickhouse.example:8123")
    assert Place.of(None).clickhouse() == "http://clickhouse.example:8123"
