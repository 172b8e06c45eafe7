"""Made-up events a second on one core, and what a history is made of.

    python -m bench.simulator [--events 200000] [--seed 1] [--json]
"""

import argparse
import json
import resource
from collections import Counter
from time import perf_counter

from simulator import Plan, happenings


def measure(plan: Plan) -> dict[str, object]:
    """Make up the history once; events a second, bytes an event, the most memory in MB, and how many of each kind."""
    kinds: Counter[str] = Counter()
    size = 0
    begin = perf_counter()
    for happening in happenings(plan):
        kinds[happening.key.split("\x1f")[1]] += 1
        size += len(happening.value)
    seconds = perf_counter() - begin
    count = kinds.total()
    return {
        "events": count, "seconds": round(seconds, 2), "events_a_second": round(count / seconds),
        "bytes_an_event": round(size / count),
        "most_memory_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
        "kinds": dict(kinds.most_common()),
    }  # fmt: skip


def main() -> None:
    """Run from the command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--events", type=int, default=200_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--json", action="store_true")
    given = parser.parse_args()
    found = measure(Plan(seed=given.seed, events=given.events))
    if given.json:
        print(json.dumps(found))
        return
    for name, value in found.items():
        print(f"{name}: {value}")


if __name__ == "__main__":
    main()
