"""`casestream demo`: a simulated history and live events on a board, with one command."""

from pathlib import Path
from typing import Annotated

import typer

from casestream.commands.status import look, show_tables
from casestream.commands.up import Wanted, bring_up, until_interrupted
from casestream.commands.wait import wait_for
from casestream.console import note, pairs, print_line, table
from casestream.endpoints import Place
from casestream.headlines import headlines
from casestream.simulating import publish_history
from simulator import Plan

HISTORY = Plan(seed=1, events=20_000)
"""What the demo loads. The seed is fixed, so a repeat brings nothing new and is left out."""

LIVE_RATE = 5.0
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
        name = f"history of {HISTORY.events:,} events, seed {HISTORY.seed}"
        if name not in services.state.loaded:
            print_line(f"loading a simulated {name}")
            counts = publish_history(services.state.endpoints["kafka"], HISTORY)
            _remember(place, name, f"{counts.events} events")
        else:
            print_line(f"the simulated {name} is there from before")
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


def _remember(place: Place, name: str, what: str) -> None:
    with place.instance.locked():
        state = place.instance.read()
        state.loaded[name] = what
        place.instance.write(state)


def show_figures(place: Place) -> None:
    """A first table of figures, and where the board is."""
    found = look(place)
    if found.tables is not None:
        show_tables(found.tables)
    store = place.store()
    rows = [(one.measure, one.title, one.value, one.unit) for one in headlines(store)]
    store.close()
    table("The last three years", ("measure", "title", "value", "unit"), rows)
    pairs("Where to look", {"the boards, in a browser": found.endpoints.get("preview", "")})
    for fault in found.faults:
        note(fault)
