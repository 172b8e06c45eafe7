"""Linking alone, in memory: no Kafka, no ClickHouse; other engines on the same batches, in the same run.

    python -m bench.linking_speed [--cases 30000] [--changes 20000] [--seed 1] [--json]

What the batches are: `bench.cases.workload`. Ours runs beside the plainest search, and beside Pathway where `make
peers` has set it up. All have the same cases at the end, or the run fails. `--cases 300000 --changes 200000` is the
size at which other engines were measured; Pathway needs 13 GB for it. Seconds are of processor time, of one core but
for Pathway, whose connector has a thread beside its worker.
"""

import argparse
import json
import sys
from collections.abc import Callable, Iterator, Sequence

from bench.cases.by_pathway import AbsentError, iterated
from bench.cases.by_search import searched
from bench.cases.by_us import linked
from bench.cases.timing import Speed
from bench.cases.workload import Cases, Workload, workload

_ENGINES: dict[str, Callable[[Workload], tuple[dict[str, Speed], Cases]]] = {
    "link": linked,
    "plain search": searched,
    "Pathway": iterated,
}


def measure(work: Workload) -> Iterator[tuple[str, str, Speed]]:
    """What was measured: the engine, the work, the speed. Raises RuntimeError where one ends in other cases than ours;
    says so where one is left out."""
    ours: Cases | None = None
    for engine, run in _ENGINES.items():
        try:
            speeds, cases = run(work)
        except AbsentError as error:
            sys.stderr.write(f"{error}\n")
            continue
        if ours is None:
            ours = cases
        if cases != ours:
            raise RuntimeError(f"{engine} ends in {len(cases):,} cases that are not our {len(ours):,}")
        for piece, speed in speeds.items():
            yield engine, piece, speed


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(prog="python -m bench.linking_speed", description=__doc__)
    parser.add_argument("--cases", type=int, default=30_000)
    parser.add_argument("--changes", type=int, default=20_000, help="for each size of a batch")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--json", action="store_true")
    asked = parser.parse_args(arguments)
    found = list(measure(workload(asked.cases, asked.changes, asked.seed)))
    if asked.json:
        rows = [
            {"engine": engine, "work": piece, "per_second": speed.per_second, "p99_ms": speed.p99_ms}
            for engine, piece, speed in found
        ]
        sys.stdout.write(json.dumps(rows) + "\n")
        return
    sys.stdout.write(f"{asked.cases:,} cases; processor time; p99 is that of a batch\n")
    for engine, piece, speed in found:
        sys.stdout.write(f"  {engine:13} {piece:25} {speed.per_second:9,} a second   p99 {speed.p99_ms:8.1f} ms\n")


if __name__ == "__main__":
    main()
