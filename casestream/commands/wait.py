"""`casestream wait`: until all that was published is in the tables."""

from typing import Annotated

import typer

from casestream.console import note, print_line, progress
from casestream.endpoints import Place
from casestream.errors import UnreachableError
from casestream.options import Data
from streams.lag import Waiting, Watch


def wait_for(place: Place, timeout: float) -> None:
    """Return when all that was published when this was called is in the tables. UnreachableError when `timeout`
    seconds were not enough."""
    bootstrap = place.kafka()
    running = place.instance.running()
    if not place.external_kafka and not any(name.startswith("worker-") for name in running):
        note("no worker of this instance is running; waiting for one that was started by itself")
    first: dict[str, int] = {}
    with progress("waiting for the tables", None) as advance:

        def shown(at: Waiting) -> None:
            most = first.setdefault(at.topics[0], at.left)
            advance(most - at.left, f"{at.left:,} messages left of {at.name}")

        with Watch(bootstrap) as watch:
            stopped = watch.wait_until_stored(timeout, shown)
    if stopped is not None:
        raise UnreachableError(
            f"not all that was published is in the tables after {timeout:g} s: "
            f"{stopped.left:,} messages are left of {', '.join(stopped.topics)}"
        )


def wait(
    timeout: Annotated[float, typer.Option(min=0, metavar="SECONDS", help="How long to wait at most.")] = 600.0,
    data: Data = None,
) -> None:
    """Wait until all that was published before this call is in the tables. Exit code 3 when it is not in time."""
    wait_for(Place.of(data), timeout)
    print_line("all that was published is in the tables")
