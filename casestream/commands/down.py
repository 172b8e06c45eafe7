"""`casestream down`: end every process of an instance, in order."""

from casestream.console import note, print_line
from casestream.endpoints import Place
from casestream.options import Data
from casestream.services import Services


def take_down(place: Place) -> list[str]:
    """End every process of the instance; the names of those that ran. The data and the ports stay as they are."""
    if not place.instance.folder.exists():
        return []
    with place.instance.locked():
        services = Services(place)
        services.adopt_broker()
        running = [name for name in services.state.processes if services.runs(name)]
        for name in services.stop():
            note(f"{name} had to be ended by force")
        return running


def down(data: Data = None) -> None:
    """Stop an instance: workers first, servers last. Its data stay, and `casestream up` goes on with them."""
    place = Place.of(data)
    stopped = take_down(place)
    print_line(f"stopped {', '.join(stopped)}" if stopped else f"nothing was running under {place.instance.folder}")
