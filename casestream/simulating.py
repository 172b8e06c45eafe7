"""Simulated histories on their way to the feed topics: at once or at a rate, and a simulation that an instance
remembers, so that it goes on where it stopped."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path
from time import monotonic, sleep

import orjson

from casestream.errors import UserError
from simulator import Happening, Plan, happenings
from streams.producer import Producer
from streams.publish import HEADERS, feed

_FLUSH_SECONDS = 1.0


def send(
    bootstrap: str,
    told: Iterable[Happening],
    *,
    rate: float | None = None,
    on_sent: Callable[[int], None] = lambda _: None,
) -> int:
    """Send happenings to their feeds, `rate` a second or as fast as Kafka takes them; how many. `on_sent` is told
    how many Kafka has stored by now, about once a second and at the end. Raises DeliveryFailed."""
    count = 0
    started = flushed = monotonic()
    with Producer(bootstrap) as producer:
        for happening in told:
            if rate is not None:
                _keep_to(rate, started, count)
            producer.send(feed(happening.agency), happening.key.encode(), happening.value, headers=HEADERS)
            count += 1
            if (rate is not None or count % 1_000 == 0) and monotonic() - flushed > _FLUSH_SECONDS:
                producer.flush()
                on_sent(count)
                flushed = monotonic()
        producer.flush()
    on_sent(count)
    return count


def _keep_to(rate: float, started: float, count: int) -> None:
    """Wait until it is the turn of the next event."""
    ahead = count / rate - (monotonic() - started)
    if ahead > 0:
        sleep(ahead)


@dataclass(frozen=True, slots=True)
class Simulation:
    """The simulation of an instance: its plan, and how many of its events were sent. It ends on the day on which it
    was begun, so that boards which look back from today show all of it."""

    seed: int
    cases: int
    months: int
    end: datetime
    sent: int = 0

    @property
    def plan(self) -> Plan:
        """The plan; the same for ever."""
        return Plan(seed=self.seed, cases=self.cases, months=self.months, end=self.end)

    def rest(self) -> Iterator[Happening]:
        """What was not sent yet."""
        return islice(happenings(self.plan), self.sent, None)

    def until(self, moment: datetime) -> int:
        """How many of the plan's events arrive up to a moment."""
        return sum(1 for happening in happenings(self.plan) if happening.arrival <= moment)


class Remembered:
    """The simulation of an instance, kept in DIR/simulation.json."""

    def __init__(self, folder: Path) -> None:
        self.file = folder / "simulation.json"

    def read(self) -> Simulation | None:
        """The simulation, or None before it was begun. UserError for a file that is none of ours."""
        try:
            told = orjson.loads(self.file.read_bytes())
            return Simulation(
                int(told["seed"]), int(told["cases"]), int(told["months"]), datetime.fromisoformat(told["end"]),
                int(told["sent"]),
            )  # fmt: skip
        except FileNotFoundError:
            return None
        except (orjson.JSONDecodeError, KeyError, TypeError, ValueError) as error:
            raise UserError(f"{self.file} is damaged ({error}): remove it to begin anew") from None

    def write(self, simulation: Simulation) -> None:
        """Replace what is kept, as a whole."""
        self.file.parent.mkdir(parents=True, exist_ok=True)
        fresh = self.file.with_suffix(".new")
        fresh.write_bytes(
            orjson.dumps(
                {
                    "seed": simulation.seed, "cases": simulation.cases, "months": simulation.months,
                    "end": simulation.end.isoformat(), "sent": simulation.sent,
                }
            )
        )  # fmt: skip
        fresh.replace(self.file)

    def begun(self, *, seed: int, cases: int, months: int) -> Simulation:
        """The simulation that is kept, else a new one that ends today."""
        found = self.read()
        if found is None:
            today = datetime.now(UTC).replace(hour=0, minute=0, second=0, microsecond=0)
            found = Simulation(seed, cases, months, today)
            self.write(found)
        return found

    def go_on(
        self,
        bootstrap: str,
        simulation: Simulation,
        *,
        rate: float | None = None,
        at_most: int | None = None,
        on_sent: Callable[[int], None] = lambda _: None,
    ) -> Simulation:
        """Send the next events, all or `at_most`, and remember how far it is; where it is then. What was sent and
        not remembered in a crash is sent again, which changes nothing."""

        def remember(count: int) -> None:
            self.write(Simulation(
                simulation.seed, simulation.cases, simulation.months, simulation.end, simulation.sent + count
            ))  # fmt: skip
            on_sent(count)

        send(bootstrap, islice(simulation.rest(), at_most), rate=rate, on_sent=remember)
        found = self.read()
        assert found is not None
        return found
