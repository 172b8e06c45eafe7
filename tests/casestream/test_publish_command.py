"""`casestream publish`: which files it takes, what it says, and where there is nothing to send to."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from casestream.errors import UserError
from casestream.sources import find
from schemas.generate import example
from streams import topics
from streams.broker import JavaMissingError, prepare, start, stop
from tests.casestream.conftest import Told

Cli = Callable[..., Told]


def test_a_folder_gives_its_files_of_the_format_in_their_order(tmp_path: Path) -> None:
    for name in ("b.csv", "a/c.CSV", "notes.md", ".hidden/d.csv"):
        (tmp_path / "in" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "in" / name).write_text("x")
    found = find("police-uk", [str(tmp_path / "in")])
    assert [source.name for source in found.sources] == ["c.CSV", "b.csv"]
    assert found.left_out == 1


def test_a_file_that_is_named_is_taken_whatever_it_is_called(tmp_path: Path) -> None:
    (tmp_path / "street.txt").write_text("x")
    assert [source.name for source in find("police-uk", [str(tmp_path / "street.txt")]).sources] == ["street.txt"]


def test_a_folder_with_nothing_of_the_format_is_a_wrong_call(tmp_path: Path) -> None:
    (tmp_path / "notes.md").write_text("x")
    with pytest.raises(UserError, match=r"no file in it ends with \.csv"):
        find("police-uk", [str(tmp_path)])


@pytest.mark.integration
def test_it_counts_what_it_sent_and_says_when_there_is_no_topic(
    casestream: Cli, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, pytestconfig: pytest.Config
) -> None:
    cache = pytestconfig.cache
    assert cache is not None
    try:
        broker = start(tmp_path / "kafka", jars=prepare(Path(cache.mkdir("kafka"))))
    except JavaMissingError as error:
        pytest.skip(f"Apache Kafka cannot run here: {error}")
    try:
        monkeypatch.setenv("CASESTREAM_KAFKA", broker.bootstrap)
        Path("events.jsonl").write_text(json.dumps(json.loads(example("police.crime"))) + "\n{\n")
        told = casestream("publish", "cloudevents", "events.jsonl")
        assert told.code == 3
        assert "has no topic feeds.casestream" in told.err
        topics.ensure(broker.bootstrap)
        told = casestream("publish", "cloudevents", "events.jsonl", "--agency", "hmpps", "--json")
        assert told.code == 0
        assert json.loads(told.out) == {
            "files": 1, "events": 2, "refused": {}, "topics": {"feeds.police": 1, "feeds.hmpps": 1},
        }  # fmt: skip
        Path("2022-05-bedfordshire-street.csv").write_text("no,such,header\n")
        told = casestream("publish", "police-uk", "2022-05-bedfordshire-street.csv")
        assert told.code == 0
        assert "published 0 events of 1 files, refused 1" in told.out
        assert "unknown-header" in told.out
    finally:
        stop(broker.pid)
