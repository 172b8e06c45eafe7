"""What a record costs link by how many records are held already, with ClickHouse.

    python -m bench.held [--held 100000 1000000 5000000] [--new 20000] [--json]

Link's tables in an embedded ClickHouse hold so many records: copies of a simulated history, each of cases of its own,
in the rows that the Linker wrote. Then the Linker itself, with 50,000 records in its memory, takes records of new cases
alone, and after them nine of these to one correction of a record that was told a month ago, which it has to look up.
Microseconds of processor time a record, of link's process and of ClickHouse's, and how many times that of the smallest
size. Each size has a process and a ClickHouse of its own. What a correction changed is checked.
"""

import argparse
import json
import multiprocessing
import sys
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import asdict

from bench.held.run import Figures, Plan, measure
from streams.memory import settle

HELD = (100_000, 1_000_000, 5_000_000)


def measured(plans: Sequence[Plan]) -> Iterator[Figures]:
    """Each in a process of its own."""
    processes = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(1, processes, initializer=settle, max_tasks_per_child=1) as pool:
        yield from pool.map(measure, plans)


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure and print."""
    usual = Plan(HELD[0])
    parser = argparse.ArgumentParser(prog="python -m bench.held", description=__doc__)
    parser.add_argument("--held", type=int, nargs="+", default=HELD)
    parser.add_argument("--new", type=int, default=usual.new, help="records measured, a tenth of them corrections")
    parser.add_argument("--together", type=int, default=usual.together, help="records in a chunk")
    parser.add_argument("--cached", type=int, default=usual.cached, help="records that link keeps in memory")
    parser.add_argument("--history", type=int, default=usual.history, help="events that the copies are made of")
    parser.add_argument("--seed", type=int, default=usual.seed)
    parser.add_argument("--json", action="store_true")
    asked = parser.parse_args(arguments)
    plans = [Plan(held, asked.new, asked.together, asked.cached, asked.history, asked.seed) for held in asked.held]
    found = measured(plans)
    if asked.json:
        sys.stdout.write(json.dumps([asdict(one) for one in found]) + "\n")
        return
    sys.stdout.write("microseconds of processor time a record, link + ClickHouse (beside the smallest size)\n")
    first = None
    for one in found:
        first = first or one
        sys.stdout.write(told(one, first))


def told(one: Figures, first: Figures) -> str:
    """The lines of a size."""
    return (
        f"{one.held:9,} records held, {one.stored_bytes / 1e9:.2f} GB; filters filled in {one.taken_up_seconds} s\n"
        f"  new cases     {_cost(one, first, 'alone')}\n"
        f"  10 % corrected{_cost(one, first, 'mixed')}, {one.lookups} look-ups of {one.looked_up:,}, waited "
        f"{one.waited} us a record\n"
        f"  absent {one.absent:,}, looked up all the same {one.false:,} ({one.false / one.absent:.3%}); memory "
        f"{one.worker_bytes / 1e6:.0f} MB, ClickHouse {one.clickhouse_bytes / 1e6:.0f} MB\n"
    )


def _cost(one: Figures, first: Figures, what: str) -> str:
    cost, least = getattr(one, what), getattr(first, what)
    return (
        f"{cost.worker:7.1f} + {cost.clickhouse:6.1f} ({cost.processor / least.processor:.2f} times), "
        f"{cost.wall:6.1f} on the clock ({cost.wall / least.wall:.2f})"
    )


if __name__ == "__main__":
    main()
