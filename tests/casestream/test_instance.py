"""An instance's file: what it remembers, whom it takes for alive, and what a crash may leave."""

import os
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from casestream.errors import UnreachableError, UserError
from casestream.instance import Instance, Process, State, alive, made
from casestream.processes import ready_port, spawn, stop


@pytest.fixture
def instance(tmp_path: Path) -> Instance:
    return Instance(tmp_path / "data")


@pytest.fixture
def sleeper() -> Iterator["subprocess.Popen[bytes]"]:
    process = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"])
    yield process
    process.kill()
    process.wait()


def test_what_was_written_is_read(instance: Instance) -> None:
    state = State({"kafka": "127.0.0.1:9092"}, {"worker-1": Process(7, 1.5)})
    instance.write(state)
    assert instance.read() == state


def test_an_endpoint_is_served_by_its_own_process_or_by_whom_the_settings_named(
    instance: Instance, sleeper: "subprocess.Popen[bytes]"
) -> None:
    endpoints = {"kafka": "127.0.0.1:1", "clickhouse": "http://127.0.0.1:2", "preview": "http://127.0.0.1:3"}
    instance.write(State(endpoints, {"kafka": made(sleeper.pid), "preview": Process(7, 1.5)}, {"clickhouse"}))
    state = instance.read()
    assert [name for name in endpoints if state.served(name)] == ["kafka", "clickhouse"]


def test_an_older_file_does_not_say_whom_the_settings_named(instance: Instance) -> None:
    instance.folder.mkdir()
    instance.file.write_text('{"endpoints": {"kafka": "k:1", "clickhouse": "http://c:2"}, "processes": '
                             '{"clickhouse": {"pid": 7, "created": 1.5}}}')  # fmt: skip
    assert instance.read().outside == {"kafka"}


def test_where_there_is_none_nothing_runs(instance: Instance) -> None:
    assert instance.read() == State()
    assert instance.running() == {}


def test_a_damaged_file_is_told_and_not_taken_for_an_empty_one(instance: Instance) -> None:
    instance.folder.mkdir()
    for damaged in ("", "{", "[]", '{"endpoints": {}}'):
        instance.file.write_text(damaged)
        with pytest.raises(UserError, match="damaged"):
            instance.read()


def test_a_failed_write_leaves_the_file_as_it_was(instance: Instance) -> None:
    before = State({"kafka": "127.0.0.1:1"}, {})
    instance.write(before)
    with pytest.raises(TypeError):
        instance.write(State({"kafka": object()}, {}))  # type: ignore[dict-item]
    assert instance.read() == before
    assert [file.name for file in instance.folder.iterdir()] == ["instance.json"]


def test_a_process_is_alive_until_it_ends(sleeper: "subprocess.Popen[bytes]") -> None:
    process = made(sleeper.pid)
    assert alive(process)
    sleeper.kill()
    sleeper.wait()
    assert not alive(process)


def test_a_process_that_ended_and_was_not_collected_is_not_alive(sleeper: "subprocess.Popen[bytes]") -> None:
    process = made(sleeper.pid)
    sleeper.kill()
    os.waitid(os.P_PID, sleeper.pid, os.WEXITED | os.WNOWAIT)
    assert not alive(process)


def test_an_id_that_another_process_got_is_not_ours(sleeper: "subprocess.Popen[bytes]") -> None:
    ours = Process(sleeper.pid, made(sleeper.pid).created - 3_600)
    assert not alive(ours)
    stop(ours, timeout=1)
    assert sleeper.poll() is None


def test_a_stopped_process_is_ended_too(sleeper: "subprocess.Popen[bytes]") -> None:
    sleeper.send_signal(19)
    assert stop(made(sleeper.pid), timeout=10)
    assert sleeper.poll() is not None


def test_a_process_whose_parent_does_not_collect_it_ends_by_itself() -> None:
    program = (
        "import subprocess, sys, time; "
        "child = subprocess.Popen([sys.executable, '-c', 'import time; time.sleep(60)']); "
        "print(child.pid, flush=True); time.sleep(60)"
    )
    with subprocess.Popen([sys.executable, "-c", program], stdout=subprocess.PIPE) as parent:
        assert parent.stdout is not None
        child = made(int(parent.stdout.readline()))
        started = time.monotonic()
        assert stop(child, timeout=10)
        assert time.monotonic() - started < 5
        assert not alive(child)
        parent.kill()


def test_only_one_command_at_a_time_changes_an_instance(instance: Instance) -> None:
    refused: list[bool] = []

    def other() -> None:
        try:
            with instance.locked(timeout=0.2):
                refused.append(False)
        except UnreachableError:
            refused.append(True)

    with instance.locked():
        thread = threading.Thread(target=other)
        thread.start()
        thread.join()
    assert refused == [True]
    with instance.locked(timeout=0.2):
        pass


def test_a_server_is_ready_when_it_prints_its_port(instance: Instance) -> None:
    program = "import json, time; print(json.dumps({'port': 4711})); time.sleep(60)"
    process = spawn(instance, "server", ["-c", program], {})
    try:
        assert ready_port(instance, "server", process, 20) == 4711
    finally:
        process.kill()
        process.wait()


def test_a_server_that_ends_at_its_start_is_told_with_its_log(instance: Instance) -> None:
    process = spawn(instance, "server", ["-c", "raise SystemExit('no such disk')"], {})
    with pytest.raises(UnreachableError, match="no such disk"):
        ready_port(instance, "server", process, 20)
