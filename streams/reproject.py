"""Asking for cases to be projected again: a message of its own kind in `records`, so that it has its place in the one
order like every other message.

link tells the named cases as they are at that offset, marked `anew`; project then writes all their rows under that
version, also those that it would leave out as unchanged, and buries every row that the tables hold besides. So the
request may be repeated, crash and be taken over as any message.
"""

from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from time import monotonic, sleep
from typing import Final

from schemas.flow import HEADS_ENCODER, Heads
from streams.lag import Watch
from streams.producer import Producer
from streams.topics import RECORDS

CASES_OF_A_MESSAGE: Final = 500
MESSAGES_AHEAD: Final = 20
"""So many requests may wait for link: a request is small, what it stands for is not, and live events come between."""


class NotTakenError(RuntimeError):
    """link did not take the requests: `asked` cases were asked for until then."""

    def __init__(self, asked: int, seconds: float) -> None:
        super().__init__(f"link has taken no request for {seconds:g} s; {asked:,} cases were asked for until then")
        self.asked = asked


def messages(case_ids: Iterable[str], most: int = CASES_OF_A_MESSAGE) -> Iterator[Heads]:
    """The requests for some cases, a bounded number in each."""
    remaining = iter(case_ids)
    while some := tuple(islice(remaining, most)):
        yield Heads((), some)


def ask(
    bootstrap: str, case_ids: Iterable[str], *, timeout: float = 600.0, on_sent: Callable[[int], None] = lambda _: None
) -> int:
    """Send the requests; how many cases were asked for. What would run far ahead of link waits for it, at most
    `timeout` seconds at a time: NotTakenError. Raises DeliveryFailed and KafkaException."""
    asked = 0
    with Producer(bootstrap) as producer, Watch(bootstrap) as watch:
        for number, message in enumerate(messages(case_ids)):
            if number and number % MESSAGES_AHEAD == 0:
                producer.flush()
                _wait_for_link(watch, asked, timeout)
            producer.send(RECORDS, None, HEADS_ENCODER.encode(message))
            asked += len(message.reproject)
            on_sent(asked)
    return asked


def _wait_for_link(watch: Watch, asked: int, timeout: float) -> None:
    wanted = watch.positions((RECORDS,))
    deadline = monotonic() + timeout
    while watch.remaining(wanted):
        if monotonic() > deadline:
            raise NotTakenError(asked, timeout)
        sleep(0.2)
