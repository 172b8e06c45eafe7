"""A simulated history in the embedded ClickHouse: standardised, linked, projected and its people linked by the worker's
own agents, without Kafka."""

import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from time import sleep

from bench.stages import Chunk, Kept, feeds
from clickhouse.migrate import apply
from clickhouse.store import Endpoint, Store
from streams.link_agent import Linker
from streams.people_agent import PeopleLinker
from streams.project_agent import Projector
from streams.standardise_agent import Standardiser
from streams.topics import CASES, FEEDS, PEOPLE, RECORDS

TOGETHER = 5_000
"""Messages in a chunk."""

_QUIET_SECONDS = 0.3
_MOST_LOOKS = 2_000


@contextmanager
def clickhouse(folder: Path) -> Iterator[Store]:
    """The embedded server over a folder, with all migrations; stopped at the end."""
    with served(folder) as (endpoint, _pid):
        store = Store.connect(endpoint)
        apply(store)
        yield store
        store.close()


@contextmanager
def served(folder: Path) -> Iterator[tuple[Endpoint, int]]:
    """The embedded server over a folder, without tables: where it is, and its process id; stopped at the end."""
    process = subprocess.Popen(
        [sys.executable, "-m", "clickhouse.embedded", "--path", str(folder), "--port", "0"], stdout=subprocess.PIPE
    )
    try:
        assert process.stdout is not None
        yield Endpoint(port=int(json.loads(process.stdout.readline())["port"])), process.pid
    finally:
        process.terminate()
        process.wait(30)


def wait_for_merges(store: Store) -> None:
    """Wait until ClickHouse merges nothing any more. Raises TimeoutError after ten minutes."""
    quiet = 0
    for _ in range(_MOST_LOOKS):
        ((merges,),) = store.query("SELECT count() FROM system.merges", {})
        quiet = quiet + 1 if not merges else 0
        if quiet == 3:
            return
        sleep(_QUIET_SECONDS)
    raise TimeoutError("ClickHouse goes on merging")


def load(store: Store, events: int, seed: int) -> None:
    """Take a simulated history of so many events through all agents into the store."""
    heads, linked = Kept(), Kept()
    standardiser = Standardiser(store, heads, dict.fromkeys(FEEDS, 1))
    linker = Linker(store, linked, 1, case_partitions=1, cached_records=10 * events)
    projector = Projector(store, cached_records=events, cached_cases=events)
    people = PeopleLinker(store, cached_records=10 * events)
    for agent in (linker, projector, people):
        agent.fill_filters()
    for runs in feeds(events, seed):
        standardiser.process(runs)
    for chunk in _chunks(heads, RECORDS):
        linker.process(chunk)
    for chunk in _chunks(linked, CASES):
        projector.process([chunk])
    for chunk in _chunks(linked, PEOPLE):
        people.process(chunk)


def _chunks(sent: Kept, topic: str) -> Iterator[Chunk]:
    told = sent.sent[topic][0]
    if not told:
        raise AssertionError(f"nothing was sent to {topic}")
    for at in range(0, len(told), TOGETHER):
        yield Chunk(topic, 0, told[at : at + TOGETHER])
