"""`casestream status`: where everything is, what runs, and how much has come, is stored and is still to be done."""

from dataclasses import dataclass

from confluent_kafka import KafkaException

from casestream.console import note, pairs, print_json, table
from casestream.endpoints import Place
from casestream.errors import UnreachableError
from casestream.figures import Stored, flow, published, stored
from casestream.options import AsJson, Data
from clickhouse.store import StoreError
from streams.lag import Lag
from streams.topics import TopicError


@dataclass(frozen=True, slots=True)
class Status:
    """An instance as it is now; `flow` and `tables` are None where Kafka or ClickHouse cannot be reached, and `faults`
    says why."""

    endpoints: dict[str, str]
    processes: dict[str, int]
    flow: dict[str, Lag] | None
    tables: Stored | None
    faults: tuple[str, ...]

    def figures(self) -> dict[str, object]:
        """As `--json` prints it; what could not be asked is null, and `error` says why."""
        tables = self.tables
        return {
            "endpoints": self.endpoints,
            "processes": self.processes,
            "published": published(self.flow) if self.flow is not None else None,
            "stored": tables.stored if tables else None,
            "rejected": tables.rejected if tables else None,
            "lag": {topic: one.lag for topic, one in self.flow.items()} if self.flow is not None else None,
            "cases": tables.cases if tables else None,
            "rejects": tables.rejects if tables else None,
            "link_rate": tables.link_rate if tables else None,
            "rows": tables.rows if tables else None,
            "error": self.faults[0] if self.faults else None,
        }


def look(place: Place) -> Status:
    """Ask everyone. UnreachableError where nothing runs and nothing is set."""
    running = place.instance.running()
    if not running and not (place.external_kafka and place.external_clickhouse):
        raise UnreachableError(f"nothing runs under {place.instance.folder}: start it with `casestream up`")
    endpoints = {
        name: url
        for name, url in place.instance.read().endpoints.items()
        if name in running or (name == "kafka" and place.external_kafka)
    }
    if place.external_kafka:
        endpoints["kafka"] = place.settings.kafka
    if place.external_clickhouse:
        endpoints["clickhouse"] = place.settings.clickhouse
    faults: list[str] = []
    moved: dict[str, Lag] | None = None
    tables: Stored | None = None
    try:
        bootstrap = place.kafka()
        moved = flow(bootstrap)
        store = place.store()
        tables = stored(store, bootstrap)
        store.close()
    except (UnreachableError, KafkaException, StoreError, TopicError) as error:
        faults.append(str(error))
    return Status(endpoints, running, moved, tables, tuple(faults))


def show(status: Status) -> None:
    """The status as tables."""
    pairs("Where", dict(status.endpoints))
    pairs("Processes", {name: str(pid) for name, pid in status.processes.items()})
    if status.flow is not None:
        table("Topics", ("topic", "published", "lag"), [(t, one.published, one.lag) for t, one in status.flow.items()])
    if status.tables is not None:
        figures = {"stored": status.tables.stored, "rejected": status.tables.rejected}
        if status.flow is not None:
            figures = {"published": published(status.flow), **figures}
        pairs("Feed messages", dict(figures))
        show_tables(status.tables)


def show_tables(tables: Stored) -> None:
    """What the tables hold."""
    if tables.rejects:
        table("Rejected", ("rule", "messages"), list(tables.rejects.items()))
    pairs("In the tables", dict(tables.rows))
    pairs("Linked with another agency", {agency: f"{100 * rate:.1f} %" for agency, rate in tables.link_rate.items()})


def status(as_json: AsJson = False, data: Data = None) -> None:
    """Show endpoints, processes, what was published, stored and rejected, the lag, and what the tables hold.

    Exit code 3 when Kafka or ClickHouse cannot be reached; what is known is shown all the same.
    """
    try:
        found = look(Place.of(data))
    except UnreachableError as error:
        if as_json:
            print_json(Status({}, {}, None, None, (str(error),)).figures())
        raise
    if as_json:
        print_json(found.figures())
    else:
        show(found)
    if found.faults:
        for fault in found.faults[1:]:
            note(fault)
        raise UnreachableError(found.faults[0])
