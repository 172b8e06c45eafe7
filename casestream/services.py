"""The services of an instance, each started when it is not running: Kafka, ClickHouse, workers, preview, simulator."""

from collections.abc import Callable
from contextlib import suppress
from time import monotonic, sleep
from urllib.parse import urlsplit

import psutil
from confluent_kafka import KafkaException

from casestream.console import note
from casestream.endpoints import Place, clickhouse_endpoint
from casestream.errors import UnreachableError, UserError
from casestream.instance import State, alive, made
from casestream.processes import end_of_log, ready_port, running_with, spawn, stop
from clickhouse import migrate
from clickhouse.same_machine import PORT_TAKEN
from clickhouse.store import Store, StoreError
from streams.broker import BrokerError, JarsError, JavaMissingError, lacking, launch
from streams.broker.ports import NoPortError, free_port
from streams.lag import Members
from streams.settings import WorkerSettings
from streams.topics import declared, ensure

STOP_ORDER = ("simulator", "worker", "preview", "clickhouse", "kafka")
"""Who is stopped before whom: those that send and write, then those that are written to."""

_STOP_SECONDS = {"worker": 30.0, "kafka": 30.0, "clickhouse": 30.0}


class Services:
    """Starts and stops the processes of one instance. Whoever calls holds the instance's lock. What was started is
    written to `instance.json` at once, so that an interrupted start leaves nothing unknown behind."""

    def __init__(self, place: Place) -> None:
        self.place = place
        self.settings = place.settings
        self.instance = place.instance
        self.state = self.instance.read()

    def runs(self, name: str) -> bool:
        """Whether a process of the instance is alive."""
        process = self.state.processes.get(name)
        return process is not None and alive(process)

    def kafka(self, port: int) -> str:
        """Kafka's bootstrap servers; started where the settings name none. `port` is the wanted one."""
        if self.place.external_kafka:
            return self._external("kafka", self.place.kafka())
        if self.runs("kafka"):
            return self.state.endpoints["kafka"]
        if self.adopt_broker():
            note("ending a broker that an interrupted start left behind")
            self.stop(lambda name: name == "kafka")
        if "," in str(self.instance.folder):
            raise UserError(f"{self.instance.folder}: Kafka takes no folder with a comma in its path")
        if lacking():
            note(f"starting the fallback broker: {' and '.join(lacking())} not found")
        else:
            fetched = any(self.settings.cache.glob("kafka-*"))
            note("starting Apache Kafka" + ("" if fetched else " (its jars are fetched first, 44 MB, once)"))
        self.instance.logs.mkdir(parents=True, exist_ok=True)
        try:
            broker = launch(
                self.instance.folder / "kafka",
                self.settings.cache,
                port=self._port_before("kafka", port),
                log_file=self.instance.logs / "kafka.log",
            )
        except (BrokerError, JarsError, JavaMissingError) as error:
            raise UnreachableError(f"Kafka does not start: {error}") from None
        if broker.warning:
            note(broker.warning)
        return self._started("kafka", broker.pid, broker.bootstrap)

    def adopt_broker(self) -> bool:
        """Whether a broker runs on the instance's data that no command knows of, as one is when its start was killed:
        a broker takes seconds until it answers, and only then is it known. From now on it is a process of the instance.
        """
        data = (self.instance.folder / "kafka").resolve()
        for program, argument in (("kafka.Kafka", data / "server.properties"), ("noida", data / "noida")):
            if not self.runs("kafka") and (pid := running_with(program, str(argument))) is not None:
                with suppress(psutil.NoSuchProcess):  # it has ended since
                    self._started("kafka", pid, None)
                    return True
        return False

    def clickhouse(self, port: int) -> str:
        """The URL of ClickHouse; started where the settings name none."""
        if self.place.external_clickhouse:
            return self._external("clickhouse", self.settings.clickhouse)
        if self.runs("clickhouse"):
            return self.state.endpoints["clickhouse"]
        note("starting the embedded ClickHouse")
        return self._server("clickhouse", self._port_before("clickhouse", port), lambda free: [
            "-m", "clickhouse.embedded", "--path", str(self.instance.folder / "clickhouse"),
            "--host", "127.0.0.1", "--port", str(free),
        ])  # fmt: skip

    def migrate(self, url: str) -> None:
        """Apply the migrations that are pending."""
        try:
            store = Store.connect(clickhouse_endpoint(self.settings, url))
            applied = migrate.apply(store)
            store.close()
        except StoreError as error:
            raise UnreachableError(f"the tables cannot be made: {error}") from None
        except migrate.MigrationChangedError as error:
            raise UserError(str(error)) from None
        if applied:
            note(f"applied {len(applied)} migrations")

    def topics(self, bootstrap: str) -> None:
        """Make the topics that are missing; say which differ."""
        settings = self.settings
        try:
            ensured = ensure(
                bootstrap,
                declared(
                    feed_partitions=settings.feed_partitions,
                    case_partitions=settings.case_partitions,
                    feed_retention_days=settings.feed_retention_days,
                ),
            )
        except KafkaException as error:
            raise UnreachableError(f"Kafka does not answer at {bootstrap}: {error}") from None
        if ensured.created:
            note(f"made {len(ensured.created)} topics")
        for one in ensured.differences:
            note(f"topic {one.topic}: {one.setting} is {one.found}, not {one.wanted}, and stays so")

    def workers(self, count: int) -> list[str]:
        """Start the workers 1 to `count` that are not running; the names of those started."""
        started = []
        for number in range(1, count + 1):
            name = f"worker-{number}"
            if self.runs(name):
                continue
            process = spawn(self.instance, name, ["-m", "streams.worker"], self.environment())
            self._started(name, process.pid, None)
            started.append(name)
        if started:
            note(f"starting {', '.join(started)}")
        return started

    def wait_for_workers(self, bootstrap: str) -> None:
        """Return when the consumer group is settled and holds as many members as workers run. A worker that is
        stopped (SIGSTOP) is not waited for: its group goes on without it."""
        names = [
            name
            for name, process in self.state.processes.items()
            if name.startswith("worker-") and self.runs(name) and not _is_stopped(process.pid)
        ]
        deadline = monotonic() + self.settings.start_timeout
        group = Members(bootstrap)
        while monotonic() < deadline:
            for name in names:
                if not self.runs(name):
                    raise UnreachableError(f"{name} ended at its start; {end_of_log(self.instance, name)}")
            with suppress(KafkaException):
                if group.count() >= len(names):
                    return
            sleep(0.2)
        raise UnreachableError(
            f"the workers did not join their group within {self.settings.start_timeout:g} s: see {self.instance.logs}"
        )

    def preview(self, port: int, clickhouse: str) -> str:
        """The URL of the preview."""
        if self.runs("preview"):
            return self.state.endpoints["preview"]
        note("starting the preview")
        return self._server("preview", self._port_before("preview", port), lambda free: [
            "-m", "casestream.preview", "--clickhouse", clickhouse, "--host", "127.0.0.1", "--port", str(free),
        ])  # fmt: skip

    def simulator(self, rate: float) -> None:
        """Simulated events, `rate` a second, until it is stopped."""
        if self.runs("simulator"):
            return
        note(f"starting simulated events, {rate:g} a second")
        arguments = ["-m", "casestream", "simulate", "--go-on", "--rate", str(rate)]
        process = spawn(self.instance, "simulator", arguments, self.environment())
        self._started("simulator", process.pid, None)

    def environment(self) -> dict[str, str]:
        """The settings of a child: all of a worker's, with the endpoints of this instance."""
        told = {
            f"CASESTREAM_{field.upper()}": str(getattr(self.settings, field)) for field in WorkerSettings.model_fields
        }
        endpoints = {
            f"CASESTREAM_{name.upper()}": self.state.endpoints[name]
            for name in ("kafka", "clickhouse")
            if name in self.state.endpoints
        }
        if self.settings.clickhouse_board_password:
            told["CASESTREAM_CLICKHOUSE_BOARD_PASSWORD"] = self.settings.clickhouse_board_password
        if self.settings.clickhouse_password:  # what the embedded server asks of the user that writes
            user = self.settings.clickhouse_user.upper()
            told[f"CASESTREAM_CLICKHOUSE_{user}_PASSWORD"] = self.settings.clickhouse_password
        return {**told, **endpoints, "CASESTREAM_DATA": str(self.instance.folder)}

    def stop(self, chosen: Callable[[str], bool] = lambda name: True) -> list[str]:
        """Stop processes in their order; those that ended only by force are named."""
        forced = []
        for kind in STOP_ORDER:
            for name in sorted(name for name in self.state.processes if name.split("-")[0] == kind and chosen(name)):
                if not stop(self.state.processes[name], timeout=_STOP_SECONDS.get(kind, 10.0)):
                    forced.append(name)
                del self.state.processes[name]
                self.instance.write(self.state)
        return forced

    def _server(self, name: str, wanted: int, arguments: Callable[[int], list[str]]) -> str:
        """Start a server on the wanted port, or on a free one where another has that, also where another was first to
        take what had just been free. It tells its port itself, so whoever else answers is never taken for it."""
        while True:
            try:
                port = free_port(wanted)
            except NoPortError as error:
                raise UnreachableError(str(error)) from None
            process = spawn(self.instance, name, arguments(port), self.environment())
            self._started(name, process.pid, None)
            try:
                ready = ready_port(self.instance, name, process, self.settings.start_timeout)
            except UnreachableError:
                if process.poll() != PORT_TAKEN:
                    raise
                wanted = 0
            else:
                return self._started(name, process.pid, f"http://127.0.0.1:{ready}")

    def _started(self, name: str, pid: int, endpoint: str | None) -> str:
        """Remember a process and its endpoint. When an endpoint moved, those who know the old one are stopped: they
        are started again with the new one."""
        self.state.processes[name] = made(pid)
        if endpoint is not None:
            self.state.outside.discard(name)
            self._moved(name, endpoint)
            self.state.endpoints[name] = endpoint
        self.instance.write(self.state)
        return endpoint or ""

    def _external(self, name: str, endpoint: str) -> str:
        self._moved(name, endpoint)
        self.state.endpoints[name] = endpoint
        self.state.outside.add(name)
        self.instance.write(self.state)
        return endpoint

    def _moved(self, name: str, endpoint: str) -> None:
        if name in ("kafka", "clickhouse") and self.state.endpoints.get(name, endpoint) != endpoint:
            self.stop(lambda other: other.split("-")[0] in ("simulator", "worker", "preview"))

    def _port_before(self, name: str, wanted: int) -> int:
        """A server that comes back takes the port it had, so that those who know it find it again."""
        before = self.state.endpoints.get(name)
        if before is None:
            return wanted
        return port_of(before) or wanted


def port_of(endpoint: str) -> int | None:
    """The port of `host:port` or of a URL; None for an endpoint of several servers or without one."""
    try:
        return urlsplit(endpoint if "//" in endpoint else f"//{endpoint}").port
    except ValueError:
        return None


def empty(state: State) -> bool:
    """Whether nothing is known to run."""
    return not any(alive(process) for process in state.processes.values())


def _is_stopped(pid: int) -> bool:
    """Whether a process is held by SIGSTOP."""
    try:
        return psutil.Process(pid).status() == psutil.STATUS_STOPPED
    except psutil.NoSuchProcess:
        return False
