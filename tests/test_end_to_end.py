"""Everything together, as a user runs it: Apache Kafka, Faust workers, ClickHouse, the command line."""

import json
import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import psutil
import pytest

from clickhouse.store import Endpoint, Store
from schemas.tables import TABLES
from tests.conftest import SHARED
from tests.instances import PORTS, Instances
from tests.processors.test_samples_become_rows import counted_together
from tests.shares import results_of
from tests.tables import dump

pytestmark = [pytest.mark.integration, pytest.mark.timeout(900)]

SAMPLES = SHARED / "samples"
needs_samples = pytest.mark.skipif(not SAMPLES.is_dir(), reason="the real samples are not beside this checkout")

FORMATS = (("hmcts", "common-platform"), ("spi", "spi"), ("hmpps", "hmpps"))


def store_of(instances: Instances, data: str) -> Store:
    address = instances.status(data)["endpoints"]["clickhouse"]
    return Store.connect(Endpoint(port=int(address.rsplit(":", 1)[1])))


def tables(instances: Instances, data: str) -> dict[str, list[tuple[object, ...]]]:
    instances.right(data, "wait", "--timeout", "300")
    status = instances.status(data)
    assert status["published"] == status["stored"] + status["rejected"]
    store = store_of(instances, data)
    assert not store.query("SELECT * FROM casestream.case_faults FINAL", {})
    found = dump(store)
    store.close()
    return found


def assert_equal(found: dict[str, list[tuple[object, ...]]], expected: dict[str, list[tuple[object, ...]]]) -> None:
    for table, rows in expected.items():
        assert found[table] == rows, table


@needs_samples
def test_a_month_of_police_open_data_gives_the_figures_of_the_decisions(instances: Instances) -> None:
    instances.right("police", "up", "--detach", *PORTS)
    files = sorted(str(file) for file in (SAMPLES / "police-uk").glob("*.csv"))
    instances.right("police", "publish", "police-uk", *files)
    instances.right("police", "wait", "--timeout", "120")
    status = instances.status("police")
    assert (status["published"], status["stored"], status["rejected"]) == (21_570, 21_570, 0)
    assert status["cases"] == 9_223
    store = store_of(instances, "police")
    kinds = dict(store.query("SELECT kind, count() FROM casestream.records FINAL GROUP BY kind", {}))
    assert kinds == {
        "police.crime": 9_223, "police.incident": 2_126, "police.stop_search": 707, "police.crime_outcome": 9_291,
    }  # fmt: skip
    attached = "SELECT count() FROM casestream.case_crimes FINAL WHERE outcome_text != ''"
    waiting = (
        "SELECT count() FROM casestream.case_members FINAL WHERE kind = 'police.crime_outcome'"
        " AND case_id NOT IN (SELECT case_id FROM casestream.cases FINAL)"
    )
    assert store.query(attached, {}) == [(6_347,)]
    assert store.query(waiting, {}) == [(2_944,)]
    assert store.query("SELECT count() FROM casestream.incidents FINAL", {}) == [(2_126,)]
    assert store.query("SELECT count() FROM casestream.stop_searches FINAL", {}) == [(707,)]


@needs_samples
def test_amended_results_are_those_of_the_last_share_in_any_order(instances: Instances) -> None:
    folder = SAMPLES / "hmcts" / "sequences" / "amend-new-offence-only"
    files = sorted(str(file) for file in folder.glob("*.json"))
    last = json.loads(Path(files[-1]).read_text(encoding="utf-8"))
    told = []
    for data, order in (("forwards", files), ("backwards", files[::-1])):
        instances.right(data, "up", "--detach", *PORTS)
        for file in order:
            instances.right(data, "publish", "common-platform", file)
        told.append(tables(instances, data))
        store = store_of(instances, data)
        assert sorted(store.query(
            "SELECT defendant_id, offence_id, application_id, code, label FROM casestream.case_results FINAL", {}
        )) == results_of(last)  # fmt: skip
        instances.right(data, "down")
    assert_equal(told[1], told[0])


@needs_samples
def test_the_public_samples_give_the_same_tables_in_any_order_and_twice(instances: Instances) -> None:
    at = ("--at", "2026-01-31T12:00:00Z")
    instances.right("once", "up", "--detach", *PORTS)
    for folder, form in FORMATS:
        instances.right("once", "publish", form, str(SAMPLES / folder), *at)
    expected = tables(instances, "once")
    assert {table: len(expected[table]) for table in TABLES if expected[table]} == counted_together()
    instances.right("once", "down")
    instances.right("often", "up", "--detach", "--workers", "2", *PORTS)
    pick = random.Random(1)
    files = [
        (form, str(file)) for folder, form in FORMATS for file in sorted((SAMPLES / folder).rglob("*"))
        if file.suffix in (".json", ".xml", ".csv")
    ]  # fmt: skip
    for _round in range(2):
        pick.shuffle(files)
        for form in sorted({form for form, _file in files}):
            instances.right("often", "publish", form, *(file for one, file in files if one == form), *at)
    assert_equal(tables(instances, "often"), expected)


def publishing(instances: Instances, data: str, history: str) -> "subprocess.Popen[bytes]":
    """`casestream publish`, going on by itself."""
    return subprocess.Popen(
        [sys.executable, "-m", "casestream", "publish", "cloudevents", history, "--data",
         str(instances.folder / data)],
        stdout=subprocess.DEVNULL, cwd=instances.folder, env=instances.environment,
    )  # fmt: skip


def work_under_way(instances: Instances, data: str, sender: "subprocess.Popen[bytes]") -> bool:
    """Wait until there is work to be done; False where nothing more comes and all is done."""
    while True:
        ended = sender.poll() is not None
        if instances.lag(data):
            return True
        if ended:
            return False
        time.sleep(0.05)


def kill_workers(instances: Instances, data: str, history: str, kills: int) -> int:
    """Publish, and SIGKILL to a worker, again and again, each time followed by `up`; how many of them met work under
    way."""
    pick = random.Random(2)
    met = 0
    sender: subprocess.Popen[bytes] | None = None
    for _kill in range(kills):
        processes = instances.status(data)["processes"]
        victim = pick.choice([pid for name, pid in processes.items() if name.startswith("worker-")])
        sender = sender or publishing(instances, data, history)
        met += work_under_way(instances, data, sender)
        os.kill(victim, signal.SIGKILL)
        instances.right(data, "up", "--detach", "--workers", "2")
        time.sleep(pick.uniform(0.0, 3.0))
    assert sender is not None
    assert sender.wait(300) == 0
    return met


def undisturbed_and_killed(instances: Instances, events: int, kills: int) -> None:
    history, truth = str(instances.folder / "history.jsonl"), str(instances.folder / "truth.jsonl")
    instances.right("calm", "simulate", "--events", str(events), "--seed", "5", "--out", history, "--truth", truth)
    instances.right("calm", "up", "--detach", "--workers", "2", *PORTS)
    instances.right("calm", "publish", "cloudevents", history)
    expected = tables(instances, "calm")
    scored = json.loads(instances.right("calm", "score", truth, "--json"))
    assert scored["f1"] == 1.0
    assert scored["people"]["precision"] == 1.0
    assert 0.9 < scored["people"]["recall"] < 1  # some are known by name and date of birth alone
    instances.right("calm", "down")
    instances.right("killed", "up", "--detach", "--workers", "2", *PORTS)
    assert kill_workers(instances, "killed", history, kills), "nothing was under way when they were killed"
    assert_equal(tables(instances, "killed"), expected)


def test_killed_workers_change_nothing(instances: Instances) -> None:
    undisturbed_and_killed(instances, 15_000, 2)


def calm_and_ready(
    instances: Instances, events: int, seed: int, *up: str
) -> tuple[str, dict[str, list[tuple[object, ...]]], dict[str, int]]:
    """A history, the tables of an undisturbed run of it, and the processes of the instance `disturbed`, which waits for
    it."""
    history = str(instances.folder / "history.jsonl")
    instances.right("calm", "simulate", "--events", str(events), "--seed", str(seed), "--out", history)
    instances.right("calm", "up", "--detach", *PORTS)
    instances.right("calm", "publish", "cloudevents", history)
    expected = tables(instances, "calm")
    instances.right("calm", "down")
    instances.right("disturbed", "up", "--detach", *up, *PORTS)
    return history, expected, instances.status("disturbed")["processes"]


def stop_at_work(instances: Instances, history: str, how: signal.Signals, *pids: int) -> None:
    """Publish to the instance `disturbed`, and send its processes a signal while it is at work."""
    instances.right("disturbed", "publish", "cloudevents", history)
    assert instances.lag("disturbed"), "nothing was under way when it was stopped"
    for pid in pids:
        os.kill(pid, how)


@pytest.mark.parametrize("server", ["clickhouse", "kafka"])
def test_a_server_killed_while_events_stream_in_loses_nothing(instances: Instances, server: str) -> None:
    history, expected, processes = calm_and_ready(instances, 15_000, 8)
    stop_at_work(instances, history, signal.SIGKILL, processes[server])
    time.sleep(2)
    instances.right("disturbed", "up", "--detach")
    assert_equal(tables(instances, "disturbed"), expected)


def test_a_worker_lost_while_clickhouse_is_away_leaves_its_partitions_to_the_other(instances: Instances) -> None:
    history, expected, processes = calm_and_ready(instances, 15_000, 8, "--workers", "2")
    stop_at_work(instances, history, signal.SIGKILL, processes["clickhouse"], processes["worker-2"])
    time.sleep(15)  # the group gives the partitions of the lost one away after its session timeout of 10 s
    assert psutil.pid_exists(processes["worker-1"]), "the worker that was left has stopped"
    instances.right("disturbed", "up", "--detach", "--workers", "1")
    assert instances.status("disturbed")["processes"]["worker-1"] == processes["worker-1"]
    assert_equal(tables(instances, "disturbed"), expected)


@pytest.mark.parametrize("server", ["clickhouse", "kafka"])
def test_a_worker_that_starts_before_a_server_waits_for_it(instances: Instances, server: str) -> None:
    history = str(instances.folder / "history.jsonl")
    instances.right("late", "simulate", "--events", "500", "--seed", "4", "--out", history)
    instances.right("late", "up", "--detach", "--no-worker", *PORTS)
    os.kill(instances.status("late")["processes"][server], signal.SIGKILL)
    endpoints = json.loads((instances.folder / "late" / "instance.json").read_text(encoding="utf-8"))["endpoints"]
    worker = subprocess.Popen(
        [sys.executable, "-m", "streams.worker", "worker"], stderr=subprocess.DEVNULL, cwd=instances.folder,
        env={
            **instances.environment, "CASESTREAM_KAFKA": endpoints["kafka"],
            "CASESTREAM_CLICKHOUSE": endpoints["clickhouse"],
        },
    )  # fmt: skip
    try:
        time.sleep(5)
        assert worker.poll() is None, "the worker did not wait"
        instances.right("late", "up", "--detach", "--no-worker")
        instances.right("late", "publish", "cloudevents", history)
        assert tables(instances, "late")["cases"]
    finally:
        worker.terminate()
        worker.wait(30)


def test_without_java_the_fallback_broker_carries_events_to_linked_cases(instances: Instances) -> None:
    history, truth = str(instances.folder / "history.jsonl"), str(instances.folder / "truth.jsonl")
    instances.environment["PATH"] = str(instances.folder)
    instances.right("bare", "simulate", "--events", "2000", "--seed", "3", "--out", history, "--truth", truth)
    started = instances.command("bare", "up", "--detach", *PORTS)
    assert started.returncode == 0, started.stderr
    assert "noida-db stands in for Apache Kafka" in started.stderr
    assert "starting Apache Kafka" not in started.stderr
    instances.right("bare", "publish", "cloudevents", history)
    assert tables(instances, "bare")["cases"]
    assert json.loads(instances.right("bare", "score", truth, "--json"))["f1"] == 1.0


@pytest.mark.slow
@pytest.mark.timeout(1_800)
def test_killed_workers_change_nothing_in_a_long_history(instances: Instances) -> None:
    undisturbed_and_killed(instances, 100_000, 8)


@pytest.mark.slow
def test_a_frozen_worker_that_was_replaced_and_wakes_up_changes_nothing(instances: Instances) -> None:
    history, expected, processes = calm_and_ready(instances, 20_000, 6)
    first = processes["worker-1"]
    stop_at_work(instances, history, signal.SIGSTOP, first)
    assert instances.lag("disturbed"), "the worker had done all before it was stopped"
    instances.right("disturbed", "up", "--detach", "--workers", "2")
    time.sleep(20)  # the group leaves the frozen worker behind after its session timeout of 10 s
    os.kill(first, signal.SIGCONT)
    assert_equal(tables(instances, "disturbed"), expected)
