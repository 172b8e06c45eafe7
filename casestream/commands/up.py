"""`casestream up`: start what an instance lacks, and keep it until Ctrl-C or go into the background."""

import signal
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from time import sleep
from types import FrameType
from typing import Annotated, NoReturn

import typer

from casestream.commands.down import take_down
from casestream.console import note, print_line
from casestream.endpoints import Place
from casestream.options import Data
from casestream.services import Services, port_of


@dataclass(frozen=True, slots=True)
class Wanted:
    """What an instance should consist of; ports are wishes, None is the settings' one."""

    workers: int | None = None
    kafka_port: int | None = None
    clickhouse_port: int | None = None
    preview_port: int | None = None
    simulate: float | None = None


def bring_up(place: Place, wanted: Wanted) -> Services:
    """Start what is not running, in order, and return when all of it is ready. Raises UnreachableError."""
    settings = place.settings
    with place.instance.locked():
        services = Services(place)
        before = dict(services.state.endpoints)
        kafka = services.kafka(_either(wanted.kafka_port, settings.kafka_port))
        clickhouse = services.clickhouse(_either(wanted.clickhouse_port, settings.clickhouse_port))
        services.migrate(clickhouse)
        services.topics(kafka)
        started = services.workers(_either(wanted.workers, settings.workers))
        services.preview(_either(wanted.preview_port, settings.preview_port), clickhouse)
        elsewhere = {"kafka": place.external_kafka, "clickhouse": place.external_clickhouse}
        own = {name: at for name, at in services.state.endpoints.items() if not elsewhere.get(name)}
        for told in ports_not_taken(wanted, before, own):
            note(told)
        if started:
            services.wait_for_workers(kafka)
        if wanted.simulate is not None:
            services.simulator(wanted.simulate)
    return services


def ports_not_taken(wanted: Wanted, before: Mapping[str, str], now: Mapping[str, str]) -> list[str]:
    """What to say of the ports that were asked for, or had before, and are not taken. An instance keeps the ports that
    it has, running or not, so that those who know it find it again. `now` holds its own servers only."""
    told = []
    for name, asked in (
        ("kafka", wanted.kafka_port), ("clickhouse", wanted.clickhouse_port), ("preview", wanted.preview_port),
    ):  # fmt: skip
        port = port_of(now[name]) if name in now else None
        if port in (None, asked):
            continue
        moved = name in before and before[name] != now[name]
        if moved and before[name].rpartition(":")[0] == now[name].rpartition(":")[0]:
            told.append(f"port {port_of(before[name])}, which this instance had, is taken: {name} is at port {port}")
        elif not asked:
            continue
        elif name in before and not moved:
            told.append(f"{name} stays at port {port}, which this instance has: --{name}-port {asked} is for a new one")
        else:
            told.append(f"port {asked} is taken: {name} is at port {port}")
    return told


def _either(asked: int | None, otherwise: int) -> int:
    return otherwise if asked is None else asked


def up(
    data: Data = None,
    kafka_port: Annotated[
        int | None, typer.Option(min=0, max=65_535, help="Wanted port of Kafka; another free one when it is taken.")
    ] = None,
    clickhouse_port: Annotated[int | None, typer.Option(min=0, max=65_535, help="Wanted port of ClickHouse.")] = None,
    preview_port: Annotated[int | None, typer.Option(min=0, max=65_535, help="Wanted port of the preview.")] = None,
    no_worker: Annotated[bool, typer.Option("--no-worker", help="Start no worker; see `casestream worker`.")] = False,
    workers: Annotated[
        int | None, typer.Option(min=0, max=64, help="How many workers; else CASESTREAM_WORKERS, else 1.")
    ] = None,
    simulate: Annotated[
        float | None,
        typer.Option(min=0.01, metavar="RATE", help="Go on with simulated events, so many a second."),
    ] = None,
    detach: Annotated[bool, typer.Option("--detach", help="Return when all is ready, and leave it running.")] = False,
) -> None:
    """Start an instance: Kafka, ClickHouse, its tables and topics, workers and the preview.

    On an instance that is there, only what is not running is started. Without --detach it goes on until Ctrl-C and
    then takes everything down. Logs are in DIR/logs.
    """
    place = Place.of(data)
    wanted = Wanted(0 if no_worker else workers, kafka_port, clickhouse_port, preview_port, simulate)
    if detach:
        tell(bring_up(place, wanted))
        return
    until_interrupted(place, lambda: tell(bring_up(place, wanted)))


def tell(services: Services) -> None:
    """Where everything is."""
    for name, endpoint in services.state.endpoints.items():
        print_line(f"{name:<11}{endpoint}")
    print_line(f"{'logs':<11}{services.instance.logs}")


def until_interrupted(place: Place, work: Callable[[], None]) -> None:
    """Do the work, then watch over the instance until Ctrl-C or SIGTERM, and take it down whatever ended it."""
    # a shell that starts it in the background has it ignore SIGINT: that must still take it down
    previous = {number: signal.signal(number, _interrupt) for number in (signal.SIGTERM, signal.SIGINT)}
    try:
        work()
        print_line("running; Ctrl-C takes it down")
        _watch(place)
    except KeyboardInterrupt:
        note("taking it down")
    finally:
        for number, handler in previous.items():
            signal.signal(number, handler)
        take_down(place)


def _interrupt(number: int, frame: FrameType | None) -> NoReturn:
    raise KeyboardInterrupt


def _watch(place: Place) -> NoReturn:
    """Say which process ended by itself; it stays down until the next `up`, so that nobody overlooks it."""
    known = set(place.instance.running())
    while True:
        sleep(1.0)
        running = set(place.instance.running())
        for name in sorted(known - running):
            note(f"{name} has ended: see {place.instance.logs / name}.log; `casestream up --detach` starts it again")
        known = running
