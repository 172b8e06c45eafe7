"""How long each measure takes, headline with all its values, over simulated cases in the embedded ClickHouse.

    python -m bench.measures [--events 200000] [--runs 7] [--seed 1] [--json]

Milliseconds: the median and the 95th percentile of the runs, each over the whole history and all areas, without filters
and without comparisons. The history goes through the worker's own agents, without Kafka.
"""

import argparse
import json
import math
import sys
import tempfile
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from statistics import median
from time import perf_counter

from bench.loaded import clickhouse, load
from casestream.measuring import Question, answer
from clickhouse.measures import measures
from clickhouse.store import Store
from grafana.macros import Period

PERIOD = Period(datetime(2000, 1, 1, tzinfo=UTC), datetime(2100, 1, 1, tzinfo=UTC))


def timed(store: Store, runs: int) -> dict[str, dict[str, float]]:
    """Median and 95th percentile of each measure, in milliseconds."""
    found = {}
    for measure in measures().values():
        question = Question(measure, PERIOD)
        answer(store, question)  # the first reads from disk
        taken = []
        for _ in range(runs):
            begin = perf_counter()
            answer(store, question)
            taken.append(1000 * (perf_counter() - begin))
        taken.sort()
        found[measure.id] = {
            "median_ms": round(median(taken), 1), "p95_ms": round(taken[math.ceil(0.95 * runs) - 1], 1)
        }  # fmt: skip
    return found


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(prog="python -m bench.measures", description=__doc__)
    parser.add_argument("--events", type=int, default=200_000)
    parser.add_argument("--runs", type=int, default=7)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--json", action="store_true")
    asked = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as folder, clickhouse(Path(folder)) as store:
        load(store, asked.events, asked.seed)
        ((cases, crimes),) = store.query(
            "SELECT count(), sum(crimes) FROM casestream.cases FINAL", {}
        )  # fmt: skip
        found = timed(store, asked.runs)
    if asked.json:
        sys.stdout.write(json.dumps({"events": asked.events, "cases": cases, "measures": found}) + "\n")
        return
    sys.stdout.write(f"milliseconds a measure, {asked.events:,} simulated events, {cases:,} cases, {crimes:,} crimes\n")
    for name, figures in sorted(found.items(), key=lambda one: -one[1]["median_ms"]):
        title = measures()[name].title
        sys.stdout.write(f"  {name:6} {figures['median_ms']:8.1f} {figures['p95_ms']:8.1f}  {title}\n")


if __name__ == "__main__":
    main()
