"""An instance with the real servers: it starts what is missing, comes back after a kill, leaves nothing behind."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import psutil
import pytest

from casestream.instance import Instance
from casestream.processes import running_with
from casestream.services import port_of
from schemas.generate import EVENT_MODELS, example
from streams.broker.ports import free_port, listens
from tests.instances import PORTS, Instances

pytestmark = [pytest.mark.integration, pytest.mark.timeout(280)]

@pytest.fixture
def events(tmp_path: Path) -> Path:
    """One event of each type, and a line that is none."""
    file = tmp_path / "events.jsonl"
    file.write_text("".join(json.dumps(json.loads(example(one))) + "\n" for one in sorted(EVENT_MODELS)) + "{\n")
    return file


def test_events_go_through_it_and_it_comes_back_after_every_kill(instances: Instances, events: Path) -> None:
    assert "http://127.0.0.1:" in instances.right("one", "up", "--detach", *PORTS)
    published = json.loads(instances.right("one", "publish", "cloudevents", str(events), "--json"))
    assert published["events"] == len(EVENT_MODELS) + 1
    instances.right("one", "wait", "--timeout", "60")
    before = instances.status("one")
    assert set(before["processes"]) == {"kafka", "clickhouse", "worker-1", "preview"}
    assert set(before["endpoints"]) == {"kafka", "clickhouse", "preview"}
    assert before["published"] == before["stored"] + before["rejected"] == len(EVENT_MODELS) + 1
    assert before["rejects"] == {"malformed-json": 1}
    assert before["cases"] == 1
    assert sum(before["lag"].values()) == 0
    assert before["link_rate"]["cps"] == 1.0

    for pid in before["processes"].values():
        os.kill(pid, signal.SIGKILL)
    assert instances.command("one", "status").returncode == 3
    instances.right("one", "up", "--detach")
    after = instances.status("one")
    assert after["endpoints"] == before["endpoints"]
    assert set(after["processes"].values()).isdisjoint(before["processes"].values())
    for name in ("published", "stored", "rejected", "cases", "rows"):
        assert after[name] == before[name]

    os.kill(after["processes"]["worker-1"], signal.SIGKILL)
    instances.right("one", "up", "--detach", "--workers", "2")
    third = instances.status("one")["processes"]
    assert set(third) == {"kafka", "clickhouse", "worker-1", "worker-2", "preview"}
    assert {name: third[name] for name in ("kafka", "clickhouse", "preview")} == {
        name: after["processes"][name] for name in ("kafka", "clickhouse", "preview")
    }
    instances.right("one", "down")
    assert all_gone(third.values())


def test_two_instances_run_side_by_side(instances: Instances, events: Path) -> None:
    for data in ("one", "two"):
        instances.right(data, "up", "--detach", "--no-worker")
    one, two = instances.status("one"), instances.status("two")
    assert set(one["endpoints"].values()).isdisjoint(two["endpoints"].values())
    instances.right("one", "publish", "cloudevents", str(events))
    assert instances.status("one")["published"] == len(EVENT_MODELS) + 1
    assert instances.status("two")["published"] == 0
    waited = instances.command("one", "wait", "--timeout", "1")
    assert waited.returncode == 3
    assert "left of feeds.police" in waited.stderr
    assert "no worker" in waited.stderr


def test_two_instances_that_start_at_once_on_the_same_ports_have_servers_of_their_own(
    instances: Instances, events: Path
) -> None:
    wanted = [str(free_port(0)) for _ in range(3)]
    ports = ["--kafka-port", wanted[0], "--clickhouse-port", wanted[1], "--preview-port", wanted[2]]
    with ThreadPoolExecutor() as both:
        list(both.map(lambda data: instances.right(data, "up", "--detach", "--no-worker", *ports), ("one", "two")))
    one, two = instances.status("one"), instances.status("two")
    assert len(one["endpoints"]) == len(two["endpoints"]) == 3
    assert set(one["endpoints"].values()).isdisjoint(two["endpoints"].values())
    for status in (one, two):
        for name, endpoint in status["endpoints"].items():
            assert listens(status["processes"][name], port_of(endpoint) or 0), name
    instances.right("one", "publish", "cloudevents", str(events))
    assert instances.status("one")["published"] == len(EVENT_MODELS) + 1
    assert instances.status("two")["published"] == 0
    instances.right("one", "down")
    # two takes over the ports that one had: what is sent to one may not come to it
    instances.right("two", "down")
    state = json.loads((instances.folder / "two" / "instance.json").read_text())
    state["endpoints"] = one["endpoints"]
    (instances.folder / "two" / "instance.json").write_text(json.dumps(state))
    instances.right("two", "up", "--detach", "--no-worker")
    assert instances.status("two")["endpoints"] == one["endpoints"]
    astray = instances.command("one", "publish", "cloudevents", str(events))
    assert astray.returncode == 3
    assert "Kafka cannot be reached" in astray.stderr
    assert instances.status("two")["published"] == 0


def test_in_the_foreground_it_takes_all_down_at_the_end(instances: Instances) -> None:
    folder = instances.folder / "one"
    running = subprocess.Popen(
        [sys.executable, "-m", "casestream", "up", "--no-worker", *PORTS, "--data", str(folder)],
        stdout=subprocess.PIPE, text=True, cwd=instances.folder, env=instances.environment,
    )  # fmt: skip
    assert running.stdout is not None
    assert any("Ctrl-C" in line for line in running.stdout)
    processes = Instance(folder).running()
    assert set(processes) == {"kafka", "clickhouse", "preview"}
    running.send_signal(signal.SIGINT)
    assert running.wait(60) == 0
    assert all_gone(processes.values())


def test_taken_down_from_elsewhere_its_processes_end_by_themselves(instances: Instances) -> None:
    folder = instances.folder / "one"
    running = subprocess.Popen(
        [sys.executable, "-m", "casestream", "up", "--no-worker", *PORTS, "--data", str(folder)],
        stdout=subprocess.PIPE, text=True, cwd=instances.folder, env=instances.environment,
    )  # fmt: skip
    assert running.stdout is not None
    assert any("Ctrl-C" in line for line in running.stdout)
    port = Instance(folder).read().endpoints["kafka"].rpartition(":")[2]
    again = instances.command("one", "up", "--detach", "--no-worker", "--kafka-port", "4")
    assert f"kafka stays at port {port}" in again.stderr
    down = instances.command("one", "down")
    assert (down.returncode, down.stderr) == (0, "")
    running.send_signal(signal.SIGINT)
    assert running.wait(60) == 0


def all_gone(pids: Iterable[int]) -> bool:
    """Whether no process has one of the ids; who has to collect an ended one may take a moment."""
    deadline = time.monotonic() + 10
    while any(psutil.pid_exists(pid) for pid in pids) and time.monotonic() < deadline:
        time.sleep(0.1)
    return not any(psutil.pid_exists(pid) for pid in pids)


def killed_while_kafka_starts(instances: Instances, data: str) -> None:
    up = subprocess.Popen(
        [sys.executable, "-m", "casestream", "up", "--detach", *PORTS, "--data", str(instances.folder / data)],
        env=instances.environment, cwd=instances.folder, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    properties = str(instances.folder / data / "kafka" / "server.properties")
    deadline = time.monotonic() + 60
    while running_with("kafka.Kafka", properties) is None and time.monotonic() < deadline:
        time.sleep(0.02)
    up.kill()
    up.wait()
    assert running_with("kafka.Kafka", properties) is not None
    assert "kafka" not in Instance(instances.folder / data).running()


def test_a_broker_whose_start_was_killed_is_ended_and_not_in_the_way(instances: Instances) -> None:
    properties = str(instances.folder / "one" / "kafka" / "server.properties")
    killed_while_kafka_starts(instances, "one")
    assert instances.right("one", "down") == "stopped kafka\n"
    assert running_with("kafka.Kafka", properties) is None
    killed_while_kafka_starts(instances, "one")
    up = instances.command("one", "up", "--detach", "--no-worker")
    assert up.returncode == 0, up.stderr
    assert "ending a broker that an interrupted start left behind" in up.stderr
    assert running_with("kafka.Kafka", properties) == instances.status("one")["processes"]["kafka"]
    instances.right("one", "down")
    assert running_with("kafka.Kafka", properties) is None
