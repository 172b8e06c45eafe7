"""Start and stop the local broker: Apache Kafka from Maven's jars, or noida-db where Java or Maven is missing.

A started broker has a session of its own, so it outlives its caller; `stop` ends it by its process id. The data folder
may come back on other ports, also after a kill: listeners and quorum voters are written anew at every start.
"""

import base64
import contextlib
import fcntl
import hashlib
import os
import re
import shutil
import signal
import subprocess
import tempfile
import uuid
from dataclasses import dataclass
from pathlib import Path
from time import monotonic, sleep
from typing import Any, Final, Literal

import psutil
from confluent_kafka import KafkaException
from confluent_kafka.admin import AdminClient

from streams.broker.ports import NoPortError, free_port, is_free, listens
from streams.topics import MESSAGE_MAX_BYTES

_HERE: Final = Path(__file__).parent
_JAVA: Final = 17
_HEAP: Final = "-Xmx512m"
_STARTS: Final = 3  # a free port can be taken by another process before Kafka binds it
FALLBACK_COST: Final = (
    "Java 17 or Maven is missing: noida-db stands in for Apache Kafka. It is for a look only: it loses the last "
    "seconds of acknowledged messages when it is killed, never evicts a dead worker, uses a third of a core when "
    "idle, enforces no security, and should hold no more than some 30 MB."
)


class JavaMissingError(RuntimeError):
    """Apache Kafka cannot run here: `tool` (java or mvn), `reason`."""

    def __init__(self, tool: str, reason: str) -> None:
        super().__init__(f"{tool}: {reason}")
        self.tool = tool
        self.reason = reason


class JarsError(RuntimeError):
    """Maven did not deliver Kafka's jars; `output` is the end of what it said."""

    def __init__(self, output: str) -> None:
        super().__init__(f"Maven could not fetch Kafka's jars: {output}")
        self.output = output


class BrokerError(RuntimeError):
    """The broker did not start: `reason`, and `log`, the end of its log."""

    def __init__(self, reason: str, log: str = "") -> None:
        super().__init__(f"{reason}\n{log}" if log else reason)
        self.reason = reason
        self.log = log


@dataclass(frozen=True, slots=True)
class Broker:
    """A running broker: bootstrap servers, process id, what it is, and (for the fallback) what that costs."""

    bootstrap: str
    pid: int
    kind: Literal["kafka", "noida"]
    warning: str = ""


def lacking() -> tuple[str, ...]:
    """What Apache Kafka needs and this machine has not, of `java` and `mvn`."""
    return tuple(tool for tool in ("java", "mvn") if shutil.which(tool) is None)


def launch(data_dir: Path, cache_dir: Path, *, port: int = 0, log_file: Path | None = None) -> Broker:
    """Prepare and start Apache Kafka, or, where Java or Maven is missing, the fallback (see `Broker.warning`)."""
    try:
        jars: Path | None = prepare(cache_dir)
    except JavaMissingError:
        jars = None
    return start(data_dir, port=port, jars=jars, log_file=log_file)


def prepare(cache_dir: Path) -> Path:
    """The folder with Kafka's jars, fetched once with Maven (44 MB). Raises JavaMissingError or JarsError.

    A download is moved into place only when it is whole, and a changed pom.xml gets a folder of its own.
    """
    _java()
    cache_dir = cache_dir.resolve()  # Maven would take a relative path as one beside the pom
    pom = _HERE / "pom.xml"
    target = cache_dir / f"kafka-{hashlib.sha256(pom.read_bytes()).hexdigest()[:12]}"
    if target.is_dir():
        return target
    maven = shutil.which("mvn")
    if maven is None:
        raise JavaMissingError("mvn", "not found on the path")
    cache_dir.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=cache_dir, prefix=".fetching-") as folder:
        jars = Path(folder) / "jars"
        command = [maven, "-q", "-B", "-f", str(pom), "dependency:copy-dependencies", f"-DoutputDirectory={jars}"]
        done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=folder)
        if done.returncode != 0 or not any(jars.glob("kafka_2.13-*.jar")):
            raise JarsError((done.stdout + done.stderr)[-2000:])
        try:
            jars.rename(target)
        except OSError:  # another process was first; its folder is as whole as ours
            if not target.is_dir():
                raise
    return target


def start(
    data_dir: Path,
    *,
    port: int = 0,
    controller_port: int = 0,
    jars: Path | None,
    log_file: Path | None = None,
    timeout: float = 60.0,
) -> Broker:
    """Start a broker on `data_dir` and return when it answers; without `jars` it is the fallback.

    Port 0 means any free one, and so does a wanted port that is taken. `log_file` (data_dir/broker.log unless given) is
    appended to. Raises BrokerError when it does not answer within `timeout` seconds, JavaMissingError.
    """
    data_dir = data_dir.resolve()
    data_dir.mkdir(parents=True, exist_ok=True)
    log_file = log_file or data_dir / "broker.log"
    _refuse_a_folder_in_use(data_dir)
    for attempt in range(_STARTS):
        try:
            port = free_port(port)
            controller_port = free_port(controller_port, taken=port)
        except NoPortError as error:
            raise BrokerError(str(error)) from error
        begin = log_file.stat().st_size if log_file.exists() else 0
        if jars is None:
            process = _start_noida(data_dir, port, log_file)
        else:
            process = _start_kafka(data_dir, port, controller_port, jars, log_file)
        try:
            _wait_until_it_answers(process, f"127.0.0.1:{port}", timeout)
        except BrokerError as failure:
            log = _tail(log_file, begin)
            stop(process.pid, timeout=5.0)
            if attempt + 1 < _STARTS and ("Address already in use" in log or not is_free(port)):
                port = controller_port = 0
                continue
            raise BrokerError(failure.reason, log) from None
        except BaseException:  # interrupted: leave no half-started broker behind
            stop(process.pid, timeout=5.0)
            raise
        kind: Literal["kafka", "noida"] = "kafka" if jars is not None else "noida"
        return Broker(f"127.0.0.1:{port}", process.pid, kind, "" if jars is not None else FALLBACK_COST)
    raise BrokerError("no port could be bound")


def stop(pid: int, *, timeout: float = 30.0) -> None:
    """End a broker in order (SIGTERM), or by force after `timeout` seconds; no error when it is gone already.

    A process that is not a broker (the id may have been given to another since) is left alone.
    """
    try:
        process = psutil.Process(pid)
        if process.status() == psutil.STATUS_ZOMBIE:
            _reap(pid)
            return
        words = " ".join(process.cmdline())
        if "kafka.Kafka" not in words and "noida" not in words:
            return
        process.terminate()
        try:
            process.wait(timeout)
        except psutil.TimeoutExpired:
            process.kill()
            process.wait(timeout)
    except psutil.NoSuchProcess:
        return


def _refuse_a_folder_in_use(data_dir: Path) -> None:
    """Kafka holds a lock on its folder; a second one would find out only after half a minute."""
    lock = data_dir / "kafka" / ".lock"
    if lock.exists():
        with lock.open("rb+") as file:
            try:
                fcntl.lockf(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except OSError as error:
                raise BrokerError(f"a broker runs on {data_dir} already") from error


def _reap(pid: int) -> None:
    with contextlib.suppress(ChildProcessError):
        os.waitpid(pid, os.WNOHANG)


def _java() -> str:
    java = shutil.which("java")
    if java is None:
        raise JavaMissingError("java", "not found on the path")
    answer = subprocess.run([java, "-version"], capture_output=True, text=True, check=False)
    found = re.search(r'version "(?:1\.)?(\d+)', answer.stderr)
    if found is None or int(found[1]) < _JAVA:
        raise JavaMissingError("java", f"version {found[1] if found else 'unknown'}; Kafka needs {_JAVA} or later")
    return java


def _start_kafka(
    data_dir: Path, port: int, controller_port: int, jars: Path, log_file: Path
) -> "subprocess.Popen[bytes]":
    java = _java()
    logs = data_dir / "kafka"
    properties = data_dir / "server.properties"
    properties.write_text(
        (_HERE / "server.properties")
        .read_text()
        .format(
            port=port, controller_port=controller_port, log_dir=_as_property(str(logs)),
            message_max_bytes=MESSAGE_MAX_BYTES,
        )
    )  # fmt: skip
    # the second compiler takes longer than a small machine's whole run (measured: 4.5 s of 47, without it 2.7)
    base = [java, _HEAP, "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-XX:+ExitOnOutOfMemoryError"]
    base += ["-cp", f"{jars}/*"]
    base += [f"-Dlog4j2.configurationFile={_HERE / 'log4j2.xml'}", "-Djava.awt.headless=true"]
    if not (logs / "meta.properties").exists():
        cluster = base64.urlsafe_b64encode(uuid.uuid4().bytes).decode().rstrip("=")
        # an id may not begin with a hyphen, or the tool reads it as an option
        cluster = "k" + cluster[1:] if cluster.startswith("-") else cluster
        command = [*base, "kafka.tools.StorageTool", "format", "--ignore-formatted"]
        command += ["-t", cluster, "-c", str(properties)]
        done = subprocess.run(command, capture_output=True, text=True, check=False, env=_java_environment())
        if done.returncode != 0:
            raise BrokerError("Kafka's storage could not be formatted", (done.stdout + done.stderr)[-2000:])
    return _detached([*base, "kafka.Kafka", str(properties)], data_dir, log_file, _java_environment())


def _as_property(value: str) -> str:
    """A value in a file of properties, which Java reads as Latin-1: other letters are escaped, as UTF-16."""
    escaped = value.replace("\\", "\\\\")
    return "".join(
        letter if letter.isascii() else "".join(f"\\u{unit.hex()}" for unit in _utf16(letter)) for letter in escaped
    )


def _utf16(letter: str) -> tuple[bytes, ...]:
    pair = letter.encode("utf-16-be")
    return tuple(pair[at : at + 2] for at in range(0, len(pair), 2))


def _java_environment() -> dict[str, str]:
    """Java names files in the encoding of its locale, which need not be that of their names."""
    return {**os.environ, "LC_ALL": "C.UTF-8"}


def _start_noida(data_dir: Path, port: int, log_file: Path) -> "subprocess.Popen[bytes]":
    try:
        import noida_db  # type: ignore[import-untyped, unused-ignore]
    except ImportError as error:
        reason = "not found, and the fallback, the package noida-db, is not installed either"
        raise JavaMissingError("java", reason) from error
    program = Path(noida_db.__file__).parent / "noida-db"
    command = [str(program), "start", "--only", "kafka", "--kafka-port", str(port), "--host", "127.0.0.1"]
    return _detached([*command, "--data-dir", str(data_dir / "noida")], data_dir, log_file)


def _detached(
    command: list[str], folder: Path, log_file: Path, environment: dict[str, str] | None = None
) -> "subprocess.Popen[bytes]":
    with log_file.open("ab") as log:
        return subprocess.Popen(
            command, stdin=subprocess.DEVNULL, stdout=log, stderr=log, cwd=folder, start_new_session=True,
            env=environment,
        )  # fmt: skip


def _wait_until_it_answers(process: "subprocess.Popen[bytes]", bootstrap: str, timeout: float) -> None:
    deadline = monotonic() + timeout
    admin: Any = None
    while monotonic() < deadline:
        code = process.poll()
        if code is not None:
            name = signal.Signals(-code).name if code < 0 else f"code {code}"
            raise BrokerError(f"the broker ended at its start ({name})")
        # librdkafka logs every refused connection, so look first; and who answers may be another instance's broker,
        # which was first on a port that both found free
        if listens(process.pid, int(bootstrap.rpartition(":")[2])):
            admin = admin or AdminClient({"bootstrap.servers": bootstrap, "log_level": 0})
            with contextlib.suppress(KafkaException):
                if admin.list_topics(timeout=2.0).brokers:
                    return
        sleep(0.1)
    raise BrokerError(f"the broker did not answer within {timeout:g} s")


def _tail(log_file: Path, begin: int) -> str:
    """What this start logged, its last 2,000 characters."""
    if not log_file.exists():
        return ""
    with log_file.open("rb") as log:
        log.seek(begin)
        return log.read().decode(errors="replace")[-2000:]
