"""`casestream demo`: a simulated history and live events on a board, with one command."""

from datetime import timedelta
from pathlib import Path
from typing import Annotated

import typer

from casestream.commands.status import look, show_tables
from casestream.commands.up import Wanted, bring_up, until_interrupted
from casestream.commands.wait import wait_for
from casestream.console import note, pairs, print_line, progress, table
from casestream.endpoints import Place
from casestream.headlines import headlines
from casestream.simulating import Remembered

SEED, CASES, MONTHS = 1, 3_000, 36
LIVE_DAYS = 120
"""The history ends so many days ago; the days since then come as live events."""

LIVE_RATE = 2.0
WAIT_SECONDS = 420.0


def demo(
    data: Annotated[Path, typer.Option("--data", metavar="DIR", help="The folder of the demo's instance.")] = Path(
        ".casestream/demo"
    ),
    once: Annotated[bool, typer.Option("--once", help="Stop after the first figures.")] = False,
) -> None:
    """See casestream at work: a simulated history of all four agencies, then live events, on a board in the browser.

    All people in it are invented. Ctrl-C takes it down; the data stay in DIR, and the next time they are there.
    """
    place = Place.of(data)

    def work() -> None:
        print_line("casestream demo: Kafka, ClickHouse, a worker and the preview on this machine")
        services = bring_up(place, Wanted())
        _load(place, services.state.endpoints["kafka"])
        print_line("linking it into cases")
        wait_for(place, WAIT_SECONDS)
        show_figures(place)
        if once:
            raise KeyboardInterrupt
        with place.instance.locked():
            services.state = place.instance.read()
            services.simulator(LIVE_RATE)
        print_line(f"live events are coming, {LIVE_RATE:g} a second: look at {services.state.endpoints['preview']}")

    until_interrupted(place, work)


def _load(place: Place, bootstrap: str) -> None:
    """Send the history, or what an interrupted demo had not sent of it; nothing when it is all there."""
    kept = Remembered(place.instance.folder)
    simulation = kept.begun(seed=SEED, cases=CASES, months=MONTHS)
    history = simulation.until(simulation.end - timedelta(days=LIVE_DAYS))
    missing = history - simulation.sent
    if missing <= 0:
        print_line(f"a simulated history of {simulation.sent:,} events is there from before")
        return
    print_line(f"loading a simulated history of {history:,} events of all four agencies over {MONTHS} months")
    with progress("publishing", missing) as advance:
        kept.go_on(bootstrap, simulation, at_most=missing, on_sent=lambda count: advance(count, f"{count:,} events"))


def show_figures(place: Place) -> None:
    """A first table of figures, and where the board is."""
    found = look(place)
    if found.tables is not None:
        show_tables(found.tables)
    store = place.store()
    rows = [(one.measure, one.title, one.told) for one in headlines(store)]
    store.close()
    table("The last three years", ("measure", "title", "figure"), rows)
    pairs("Where to look", {"the boards, in a browser": found.endpoints.get("preview", "")})
    for fault in found.faults:
        note(fault)
