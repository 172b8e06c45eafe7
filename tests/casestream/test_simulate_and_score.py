"""`casestream simulate` and `score`: files that a seed decides, and a simulation that goes on where it stopped."""

import json
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest
from confluent_kafka import Consumer

from casestream.commands.score import truth_pairs
from casestream.errors import UserError
from casestream.simulating import Remembered
from simulator import happenings
from streams import topics
from streams.lag import Watch
from tests.casestream.conftest import Told
from tests.streams.conftest import kafka, kafka_jars  # noqa: F401 (fixtures)

Cli = Callable[..., Told]


def test_the_same_seed_makes_the_same_files(casestream: Cli) -> None:
    for name in ("a", "b"):
        told = casestream("simulate", "--events", "300", "--seed", "7", "--out", name, "--truth", f"{name}.truth")
        assert told.code == 0
        assert told.out == "wrote 300 simulated events\n"
    assert Path("a").read_bytes() == Path("b").read_bytes()
    assert Path("a.truth").read_bytes() == Path("b.truth").read_bytes()
    assert casestream("simulate", "--events", "300", "--seed", "8", "--out", "c").code == 0
    assert Path("a").read_bytes() != Path("c").read_bytes()


def test_what_it_writes_is_valid(casestream: Cli) -> None:
    casestream("simulate", "--events", "500", "--defects", "0.05", "--out", "a.jsonl")
    told = casestream("validate", "--json", "a.jsonl")
    assert (told.code, json.loads(told.out)["events"]) == (0, 500)


def test_a_defect_of_its_own_wins_over_all(casestream: Cli) -> None:
    casestream("simulate", "--events", "300", "--out", "clean")
    without = ["duplicates", "late", "out-of-order", "missing-identifiers", "mistyped-identifiers", "corrections",
               "deletions", "merges"]  # fmt: skip
    none = [part for name in without for part in (f"--{name}", "0")]
    casestream("simulate", "--events", "300", "--defects", "0.5", *none, "--out", "none")
    casestream("simulate", "--events", "300", "--duplicates", "0.5", "--out", "twice")
    assert Path("clean").read_bytes() == Path("none").read_bytes()
    assert len(set(Path("twice").read_bytes().splitlines())) < 300


def test_dirt_changes_how_people_are_written_down_and_no_truth(casestream: Cli) -> None:
    casestream("simulate", "--cases", "80", "--out", "clean", "--truth", "clean.truth")
    casestream("simulate", "--cases", "80", "--dirt", "none", "--out", "none")
    casestream("simulate", "--cases", "80", "--dirt", "heavy", "--out", "heavy", "--truth", "heavy.truth")
    assert Path("clean").read_bytes() == Path("none").read_bytes() != Path("heavy").read_bytes()
    told = Path("heavy.truth").read_bytes().splitlines()
    assert set(told) <= set(Path("clean.truth").read_bytes().splitlines())


def test_records_that_are_of_no_case_or_deleted_are_not_judged(tmp_path: Path) -> None:
    file = tmp_path / "truth"
    lines = [
        {"record": "r1", "case": "1"}, {"record": "r2", "case": None}, {"record": "r3", "case": "1", "deleted": True},
    ]  # fmt: skip
    file.write_text("\n".join(map(json.dumps, lines)))
    assert list(truth_pairs(file)) == [("r1", "1")]


@pytest.mark.parametrize("line", ["{", "[]", "{}", "3"])
def test_a_file_that_is_no_truth_is_a_wrong_call(tmp_path: Path, line: str) -> None:
    file = tmp_path / "truth"
    file.write_text(line)
    with pytest.raises(UserError, match="truth:1"):
        list(truth_pairs(file))


@pytest.mark.integration
def test_a_simulation_goes_on_where_it_stopped(kafka: str, tmp_path: Path) -> None:  # noqa: F811
    topics.ensure(kafka)
    kept = Remembered(tmp_path)
    begun = kept.begun(seed=5, cases=20, months=3)
    first = kept.go_on(kafka, begun, at_most=30)
    assert (first.sent, kept.begun(seed=6, cases=1, months=1)) == (30, first)
    done = kept.go_on(kafka, first, rate=100_000.0)
    assert kept.go_on(kafka, done) == done
    planned = [happening.value for happening in happenings(done.plan)]
    assert len(planned) == done.sent > 30
    assert Counter(sent(kafka, set(planned))) == Counter(planned)


def sent(kafka: str, wanted: set[bytes]) -> list[bytes]:  # noqa: F811 (the fixture's value)
    """The wanted events that are in the feeds, each as often as it is there."""
    with Watch(kafka) as watch:
        left = sum(high - low for low, high in watch.ends(topics.FEEDS).values())
    consumer = Consumer({"bootstrap.servers": kafka, "group.id": "test-simulate", "auto.offset.reset": "earliest"})
    consumer.subscribe(list(topics.FEEDS))
    found: list[bytes] = []
    deadline = time.monotonic() + 60
    while left > 0 and time.monotonic() < deadline:
        messages = consumer.consume(1_000, timeout=1.0)
        left -= len(messages)
        found += [value for message in messages if (value := message.value()) in wanted and value is not None]
    consumer.close()
    return found


def test_a_damaged_memory_is_told(tmp_path: Path) -> None:
    (tmp_path / "simulation.json").write_text("{}")
    with pytest.raises(UserError, match="damaged"):
        Remembered(tmp_path).read()
