"""Where Kafka, ClickHouse and the preview are: as the settings say, else as the running instance says."""

import socket
from dataclasses import dataclass
from pathlib import Path
from time import sleep
from urllib.parse import urlsplit

from casestream.errors import UnreachableError, UserError
from casestream.instance import Instance
from casestream.settings import Settings, load
from clickhouse.store import Endpoint, Store, StoreUnavailable
from streams.lag import Watch
from streams.topics import FEEDS

_PROBE_SECONDS = 2.0
_NAMES = {"kafka": "Kafka", "clickhouse": "ClickHouse"}
_TOPIC_LOOKS, _TOPIC_PAUSE_SECONDS = 10, 0.3


@dataclass(frozen=True, slots=True)
class Place:
    """Which instance a command is about, with the settings."""

    settings: Settings
    instance: Instance

    @classmethod
    def of(cls, data: Path | None) -> "Place":
        """The instance of `--data`, else that of the settings."""
        settings = load()
        return cls(settings, Instance(data or settings.data))

    @property
    def external_kafka(self) -> bool:
        """Whether the settings name a Kafka that is not the instance's."""
        return "kafka" in self.settings.model_fields_set

    @property
    def external_clickhouse(self) -> bool:
        """Whether the settings name a ClickHouse that is not the instance's."""
        return "clickhouse" in self.settings.model_fields_set

    def kafka(self) -> str:
        """Bootstrap servers that answer. UnreachableError otherwise."""
        bootstrap = self.settings.kafka if self.external_kafka else self._endpoint("kafka")
        if not any(_listens(*_host_and_port(server)) for server in bootstrap.split(",")):
            raise UnreachableError(f"Kafka cannot be reached at {bootstrap}{self._hint()}")
        return bootstrap

    def feeds(self) -> str:
        """Bootstrap servers that answer and have the feed topics. UnreachableError otherwise: a producer would try
        for minutes to send to a topic that is not there."""
        bootstrap = self.kafka()
        with Watch(bootstrap) as watch:
            for _ in range(_TOPIC_LOOKS):
                missing = sorted(set(FEEDS) - {topic for topic, _ in watch.ends(FEEDS)})
                if not missing:
                    return bootstrap
                sleep(_TOPIC_PAUSE_SECONDS)  # a broker may take a moment to know topics that were just made
        raise UnreachableError(
            f"Kafka at {bootstrap} has no topic {', '.join(missing)}: `casestream up` makes them, "
            "and so does every worker when it starts"
        )

    def clickhouse(self) -> str:
        """The http URL of ClickHouse. UnreachableError when the instance has none."""
        return self.settings.clickhouse if self.external_clickhouse else self._endpoint("clickhouse")

    def store(self) -> Store:
        """A connection to ClickHouse as the user that writes. UnreachableError when it does not answer."""
        url = self.clickhouse()
        try:
            return Store.connect(clickhouse_endpoint(self.settings, url))
        except StoreUnavailable:
            raise UnreachableError(f"ClickHouse cannot be reached at {url}{self._hint()}") from None

    def _endpoint(self, name: str) -> str:
        state = self.instance.read()
        found = state.endpoints.get(name)
        if found is None:
            raise UnreachableError(
                f"nothing runs under {self.instance.folder}: start it with `casestream up`, "
                f"or set CASESTREAM_{name.upper()}"
            )
        if not state.served(name):  # another instance may have the port by now
            raise UnreachableError(f"{_NAMES[name]} cannot be reached at {found}, it has ended{self._hint()}")
        return found

    def _hint(self) -> str:
        return f": `casestream up --data {self.instance.folder}` starts what is not running"


def clickhouse_endpoint(settings: Settings, url: str) -> Endpoint:
    """The address of ClickHouse as the store takes it. UserError for what is no http URL."""
    address = urlsplit(url)
    try:
        port = address.port or (8443 if address.scheme == "https" else 8123)
    except ValueError:
        port = 0  # no number of a port
    if address.scheme not in ("http", "https") or not address.hostname or not port:
        raise UserError(f"CASESTREAM_CLICKHOUSE={url!r}: must be an address such as http://127.0.0.1:8123")
    return Endpoint(
        host=address.hostname,
        port=port,
        user=settings.clickhouse_user,
        password=settings.clickhouse_password,
        secure=address.scheme == "https",
    )


def _host_and_port(server: str) -> tuple[str, int]:
    host, colon, port = server.strip().rpartition(":")
    if not colon or not port.isdigit():
        raise UserError(f"CASESTREAM_KAFKA={server!r}: must be host:port[,host:port]")
    return host.strip("[]"), int(port)


def _listens(host: str, port: int) -> bool:
    """Look before Kafka's client does: it would log every refused connection and try for a minute."""
    try:
        with socket.create_connection((host, port), timeout=_PROBE_SECONDS):
            return True
    except OSError:
        return False
