"""The local broker starts, keeps its data over kills and other ports, and says what is missing."""

import os
import shutil
import signal
import socket
from pathlib import Path
from time import monotonic

import psutil
import pytest

from streams.broker import BrokerError, JarsError, JavaMissingError, launch, launcher, prepare, start, stop
from streams.producer import Producer, end_offsets
from streams.topics import MESSAGE_MAX_BYTES, Topic, declared, ensure


@pytest.mark.integration
def test_data_survives_a_kill_and_other_ports(kafka_jars: Path, tmp_path: Path) -> None:
    first = start(tmp_path, jars=kafka_jars)
    try:
        assert first.kind == "kafka"
        ensure(first.bootstrap)
        with Producer(first.bootstrap) as sender:
            for number in range(1_000):
                sender.send("records", None, b"%d" % number)
        os.kill(first.pid, signal.SIGKILL)
        os.waitpid(first.pid, 0)
        with socket.socket() as taken:  # its old port is another's now
            taken.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            taken.bind(("127.0.0.1", int(first.bootstrap.split(":")[1])))
            taken.listen()
            second = start(tmp_path, port=int(first.bootstrap.split(":")[1]), jars=kafka_jars)
        try:
            assert second.bootstrap != first.bootstrap
            assert end_offsets(second.bootstrap, ["records"]) == {("records", 0): (0, 1_000)}
            with Producer(second.bootstrap) as sender:
                sender.send("records", None, b"x" * (MESSAGE_MAX_BYTES - 1_000))
            assert end_offsets(second.bootstrap, ["records"]) == {("records", 0): (0, 1_001)}
            assert ensure(second.bootstrap).created == ()
        finally:
            stop(second.pid)
        assert not psutil.pid_exists(second.pid)
    finally:
        stop(first.pid)


@pytest.mark.integration
def test_a_folder_may_be_called_in_any_letters(
    kafka_jars: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LC_ALL", "C")
    folder = tmp_path / "né \\ 日本 \U0001f4c1"
    folder.mkdir()
    broker = start(folder, jars=kafka_jars)
    try:
        ensure(broker.bootstrap)
        with Producer(broker.bootstrap) as sender:
            sender.send("records", None, b"kept here")
        assert list((folder / "kafka").glob("records-0/*.log"))
    finally:
        stop(broker.pid)
    assert [one.name for one in tmp_path.iterdir()] == [folder.name], "nothing is put elsewhere"


@pytest.mark.integration
def test_a_broker_has_a_session_of_its_own(kafka_jars: Path, tmp_path: Path) -> None:
    broker = start(tmp_path, jars=kafka_jars)
    try:
        assert os.getsid(broker.pid) != os.getsid(0)
        with pytest.raises(BrokerError) as error:  # one broker for one folder
            start(tmp_path, jars=kafka_jars)
        assert "already" in error.value.reason
    finally:
        stop(broker.pid)
        stop(broker.pid)  # stopping twice is no error


def test_only_brokers_are_stopped() -> None:
    stop(os.getpid())
    assert psutil.pid_exists(os.getpid())


def test_a_broken_download_is_not_taken_for_a_whole_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    if shutil.which("java") is None:
        pytest.skip("java is not on the path")
    tools = tmp_path / "tools"
    tools.mkdir()
    maven = tools / "mvn"
    # it leaves one jar and fails, as when the line breaks
    maven.write_text(
        "#!/bin/sh\nfor a; do case $a in -DoutputDirectory=*) d=${a#*=};; esac; done\n"
        'mkdir -p "$d"; touch "$d/kafka_2.13-0.jar"; echo "line broke"; exit 1\n'
    )
    maven.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tools}:{os.environ['PATH']}")
    cache = tmp_path / "cache"
    for _ in range(2):
        with pytest.raises(JarsError) as error:
            prepare(cache)
        assert "line broke" in error.value.output
        assert list(cache.iterdir()) == []


def test_a_missing_java_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(JavaMissingError) as error:
        prepare(tmp_path / "cache")
    assert error.value.tool == "java"


@pytest.mark.integration
def test_without_java_the_fallback_starts_and_says_what_it_costs(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(launcher, "prepare", _no_java)
    broker = launch(tmp_path / "data", tmp_path / "cache")
    try:
        assert broker.kind == "noida"
        assert "loses" in broker.warning
        assert ensure(broker.bootstrap).created == tuple(sorted(topic.name for topic in declared()))
    finally:
        stop(broker.pid)


def _no_java(_: Path) -> Path:
    raise JavaMissingError("java", "not found on the path")


@pytest.mark.integration
@pytest.mark.parametrize("kind", ["kafka", "noida"])
def test_a_broker_that_others_started_on_its_port_meanwhile_is_not_taken_for_its_own(
    kind: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest
) -> None:
    """Two instances that start at once find the same port free: the one that comes late may not use the other's."""
    jars = request.getfixturevalue("kafka_jars") if kind == "kafka" else None
    one = start(tmp_path / "one", jars=jars)
    taken = int(one.bootstrap.rpartition(":")[2])
    free = launcher.free_port
    looks: list[int] = []

    def still_free(wanted: int, *, taken: int = 0) -> int:
        looks.append(wanted)
        return wanted if len(looks) == 1 else free(wanted, taken=taken)

    monkeypatch.setattr(launcher, "free_port", still_free)
    other = None
    try:
        other = start(tmp_path / "other", port=taken, jars=jars, timeout=30)
        assert looks[0] == taken
        assert other.bootstrap != one.bootstrap
        assert psutil.pid_exists(other.pid)
        ensure(one.bootstrap, [Topic("mine", 1, -1, "a test")])
        assert ensure(other.bootstrap, [Topic("mine", 1, -1, "a test")]).created == ("mine",)
    finally:
        stop(one.pid)
        if other is not None:
            stop(other.pid)


def test_a_broker_that_ends_at_once_is_an_error_with_its_log(tmp_path: Path) -> None:
    if shutil.which("java") is None:
        pytest.skip("java is not on the path")
    (tmp_path / "empty").mkdir()
    begin = monotonic()
    with pytest.raises(BrokerError) as error:
        start(tmp_path / "data", jars=tmp_path / "empty")
    assert "kafka" in error.value.log.lower()
    assert monotonic() - begin < 20


def test_a_relative_cache_is_one_of_the_working_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kafka_jars: Path
) -> None:
    monkeypatch.chdir(tmp_path)
    jars = prepare(Path("cache"))
    assert jars.is_relative_to(tmp_path)
    assert sorted(file.name for file in jars.iterdir()) == sorted(file.name for file in kafka_jars.iterdir())
