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


def test_an_empty_value_is_none(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    Path("casestream.env").write_text("CASESTREAM_WORKERS=3\nCASESTREAM_KAFKA_PORT=\n")
    for name in ("CASESTREAM_DATA", "CASESTREAM_WORKERS", "CASESTREAM_KAFKA", "CASESTREAM_CLICKHOUSE"):
        monkeypatch.setenv(name, "")
    assert source_of("CASESTREAM_WORKERS") == ("3", "file")
    assert source_of("CASESTREAM_KAFKA_PORT") == ("9092", "default")
    place = Place.of(None)
    assert place.instance.folder == tmp_path / ".casestream"
    assert not (place.external_kafka or place.external_clickhouse)


def test_what_is_set_and_no_setting_is_named(casestream: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CASESTREAM_WORKER", "3")
    monkeypatch.setenv("CASESTREAM_CLICKHOUSE_ANALYST_PASSWORD", "the embedded server's")
    Path("casestream.env").write_text("CASESTREAM_KAFKA_PROT=9093\nOTHER=1\n")
    told = casestream("settings", "--json")
    assert [line.split(";")[0] for line in told.err.splitlines()] == [
        "CASESTREAM_KAFKA_PROT is no setting",
        "CASESTREAM_WORKER is no setting",
    ]
    assert "CASESTREAM_KAFKA_PORT" in told.err
    assert "CASESTREAM_WORKERS" in told.err
    assert json.loads(told.out)


def test_a_file_of_settings_that_is_no_text_is_named(casestream: Cli) -> None:
    Path("casestream.env").write_bytes(b"CASESTREAM_WORKERS=1\n\xff\xfe")
    told = casestream("settings")
    assert (told.code, told.err) == (2, "casestream: casestream.env: byte 21 is not UTF-8\n")


@pytest.mark.parametrize("url", ["http://127.0.0.1:99999", "http://127.0.0.1:port", "127.0.0.1:8123", "http://"])
def test_an_address_that_is_none_is_named(casestream: Cli, monkeypatch: pytest.MonkeyPatch, url: str) -> None:
    monkeypatch.setenv("CASESTREAM_CLICKHOUSE", url)
    told = casestream("migrate")
    assert (told.code, len(told.err.splitlines())) == (2, 1)
    assert f"CASESTREAM_CLICKHOUSE={url!r}" in told.err
