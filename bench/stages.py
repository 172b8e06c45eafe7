"""Processor time of each agent alone, one after the other on one core, without Kafka and ClickHouse.

    python -m bench.stages [--events 100000] [--flushes 6] [--seed 1]

The agents are the worker's own; what they would send and store is kept in memory. Beside them: reading the same bodies
as structures, as project does, and with the contracts' pydantic models.
"""

import argparse
import gc
import json
import sys
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from time import process_time
from typing import Any, TypeVar

from clickhouse.queries import read
from processors.cases.histories import parse_body
from schemas.events import KINDS
from simulator import Plan, happenings
from streams.link_agent import Linker
from streams.offsets import Record
from streams.people_agent import PeopleLinker
from streams.project_agent import Projector
from streams.standardise_agent import Standardiser
from streams.topics import CASES, FEEDS, PEOPLE, RECORDS

STANDARDISED_TOGETHER = 12_000
LINKED_TOGETHER = 2
CASE_PARTITIONS = 4

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Chunk:
    """A run of messages of one partition."""

    topic: str
    partition: int
    records: Sequence[Record]
    is_current: bool = True

    @property
    def first_offset(self) -> int:
        return self.records[0].offset


class Kept:
    """A store that only keeps bodies and counts rows, and a sender that only keeps messages."""

    def __init__(self) -> None:
        self.rows: Counter[str] = Counter()
        self.bodies: dict[str, dict[str, bytes]] = defaultdict(dict)
        self.kinds: dict[str, str] = {}
        self.sent: dict[str, dict[int, list[Record]]] = defaultdict(lambda: defaultdict(list))

    def insert(self, table: str, columns: Mapping[str, Sequence[Any]]) -> None:
        self.rows[table] += len(next(iter(columns.values())))
        if table == "record_states":
            for record_id, digest, kind, body in zip(
                columns["record_id"], columns["digest"], columns["kind"], columns["body"], strict=True
            ):
                self.bodies[record_id][digest] = body
                self.kinds[record_id] = kind

    def arrow(self, table: str, columns: Mapping[str, Sequence[Any]]) -> Mapping[str, Sequence[Any]]:
        return columns  # `bench.throughput` has what Arrow costs

    def insert_arrow(self, table: str, columns: Mapping[str, Sequence[Any]]) -> None:
        self.insert(table, columns)

    def query(self, sql: str, parameters: Mapping[str, object]) -> list[tuple[object, ...]]:
        told: dict[str, list[tuple[object, ...]]] = {read("people_progress"): [(0, 0)], read("link_rule"): [(1,)]}
        return told.get(sql, [])

    def batches(self, sql: str) -> Iterator[list[Any]]:
        return iter(())

    def lookup(self, sql: str, keys: Sequence[Any], parameters: Mapping[str, object]) -> dict[str, list[Any]]:
        found: dict[str, list[Any]] = defaultdict(list)
        if "record_states" in sql:
            for record_id in keys:
                for digest, body in self.bodies[record_id].items():
                    found["record_id"].append(record_id)
                    found["digest"].append(digest)
                    found["body"].append(body)
        return found

    def send(self, topic: str, key: bytes | None, value: bytes, partition: int | None = None) -> None:
        kept = self.sent[topic][partition or 0]
        kept.append(Record(len(kept), key, value, 0, ()))

    def flush(self) -> None:
        return


def feeds(events: int, seed: int) -> list[list[Chunk]]:
    """The history as the runs that standardise would take together."""
    offsets: Counter[str] = Counter()
    chunks: list[list[Chunk]] = []
    topics: dict[str, list[Record]] = defaultdict(list)
    for number, happening in enumerate(happenings(Plan(seed=seed, events=events)), start=1):
        topic = f"feeds.{happening.agency}"
        topics[topic].append(Record(offsets[topic], None, happening.value, 0, ()))
        offsets[topic] += 1
        if number % STANDARDISED_TOGETHER == 0 or number == events:
            chunks.append([Chunk(name, 0, records) for name, records in topics.items()])
            topics = defaultdict(list)
    return chunks


def measure(events: int, flushes: int, seed: int) -> dict[str, float]:
    """Microseconds an event of each stage; of people also a person record whose facts changed."""
    published = feeds(events, seed)
    kept, linked = Kept(), Kept()
    store: Any = kept
    standardiser = Standardiser(store, kept, dict.fromkeys(FEEDS, 1), heads_per_message=10_000)
    linker = Linker(store, linked, 1, case_partitions=CASE_PARTITIONS, cached_records=10 * events)
    projector = Projector(store, cached_records=events, cached_cases=events)
    people = PeopleLinker(store, cached_records=10 * events)
    people.fill_filters()
    linker.fill_filters()
    projector.fill_filters()
    gc.collect()
    gc.disable()  # as in a worker
    found = {"standardise": timed(standardiser.process, published)}
    heads = kept.sent[RECORDS][0]
    found["link"] = timed(
        linker.process,
        [Chunk(RECORDS, 0, heads[at : at + LINKED_TOGETHER]) for at in range(0, len(heads), LINKED_TOGETHER)],
    )
    cases = linked.sent[CASES]
    step = -(-max(map(len, cases.values())) // flushes)
    together = [
        [Chunk(CASES, one, some) for one, told in cases.items() if (some := told[at * step : (at + 1) * step])]
        for at in range(flushes)
    ]
    found["project"] = timed(projector.process, [runs for runs in together if runs])
    told = linked.sent[PEOPLE][0]
    found["people"] = timed(
        people.process, [Chunk(PEOPLE, 0, told[at : at + flushes]) for at in range(0, len(told), flushes)]
    )
    bodies = [(kept.kinds[record_id], body) for record_id, of in kept.bodies.items() for body in of.values()]
    found["bodies as structures"] = timed(lambda body: parse_body(*body), bodies)
    found["bodies as pydantic models"] = timed(lambda body: KINDS[body[0]].model.model_validate_json(body[1]), bodies)
    gc.enable()
    shares = {name: round(seconds / events * 1e6, 1) for name, seconds in found.items()}
    return {**shares, "people, a changed record": round(found["people"] / kept.rows["people_records"] * 1e6, 1)}


def timed(work: Callable[[T], object], on: Sequence[T]) -> float:
    """The processor time of some work on each of some things, in seconds."""
    begin = process_time()
    for one in on:
        work(one)
    return process_time() - begin


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(prog="python -m bench.stages", description=__doc__)
    parser.add_argument("--events", type=int, default=100_000)
    parser.add_argument("--flushes", type=int, default=6, help="in how many flushes project works")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--json", action="store_true")
    asked = parser.parse_args(arguments)
    found = measure(asked.events, asked.flushes, asked.seed)
    if asked.json:
        sys.stdout.write(json.dumps(found) + "\n")
        return
    sys.stdout.write(f"microseconds of one core an event, {asked.events:,} simulated events\n")
    for name, value in found.items():
        sys.stdout.write(f"  {name:26} {value:6.1f}\n")


if __name__ == "__main__":
    main()
