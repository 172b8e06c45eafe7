"""Benches over many cases: what they may be told, and a simulated history that is copied until there are so many."""

import argparse
import math
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from time import perf_counter

from bench.copies import multiply
from bench.loaded import clickhouse, load, wait_for_merges
from clickhouse.store import Store


def parser(program: str, description: str | None) -> argparse.ArgumentParser:
    """The arguments that `many_cases` needs, the runs, and whether figures are told as JSON."""
    made = argparse.ArgumentParser(prog=program, description=description)
    made.add_argument("--events", type=int, default=200_000)
    made.add_argument("--cases", type=int, default=0, help="copy the history until there are so many")
    made.add_argument("--runs", type=int, default=7)
    made.add_argument("--seed", type=int, default=1)
    made.add_argument("--json", action="store_true")
    return made


@contextmanager
def many_cases(asked: argparse.Namespace) -> Iterator[tuple[Store, int]]:
    """The embedded ClickHouse with the history and its copies, and how many cases there are."""
    with tempfile.TemporaryDirectory() as folder, clickhouse(Path(folder)) as store:
        load(store, asked.events, asked.seed)
        multiply(store, math.ceil(asked.cases / _cases(store)))
        wait_for_merges(store)  # the copies came at once, and are merged for a minute
        yield store, _cases(store)


def _cases(store: Store) -> int:
    ((cases,),) = store.query("SELECT count() FROM casestream.cases FINAL", {})
    return int(str(cases))


def milliseconds(ask: Callable[[], object], runs: int) -> list[float]:
    """The milliseconds of each run of a query, ascending; of none that reads from disk."""
    ask()
    taken = []
    for _ in range(runs):
        begin = perf_counter()
        ask()
        taken.append(1000 * (perf_counter() - begin))
    return sorted(taken)
