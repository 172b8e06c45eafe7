"""From the feed topics to queryable case rows: simulated events a second, broker and ClickHouse included.

    python -m bench.throughput [--events 100000] [--workers 2] [--seed 1]

The clock runs from the first event sent until all of them are in case rows (every offset of the feeds, of records and
of cases committed behind the rows), and a second one until the tables of people, which come last, are as far. Beside
it: the processor time of each process, and the resident memory of the workers at its highest.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import psutil

from streams.lag import Watch
from streams.topics import CASES, FEEDS, RECORDS

TO_CASES = (FEEDS, (RECORDS,), (CASES,))


def _casestream(data: Path, *arguments: str) -> str:
    return subprocess.run(
        [sys.executable, "-m", "casestream", *arguments, "--data", str(data)],
        check=True, capture_output=True, text=True,
    ).stdout  # fmt: skip


def measure(folder: Path, events: int, workers: int, seed: int) -> dict[str, Any]:
    """One run on an instance of its own."""
    history = folder / "history.jsonl"
    _casestream(folder / "data", "simulate", "--events", str(events), "--seed", str(seed), "--out", str(history))
    ports = ("--kafka-port", "0", "--clickhouse-port", "0", "--preview-port", "0")
    _casestream(folder / "data", "up", "--detach", "--workers", str(workers), *ports)
    status = json.loads(_casestream(folder / "data", "status", "--json"))
    processes = {name: psutil.Process(pid) for name, pid in status["processes"].items()}
    before = {name: sum(process.cpu_times()[:2]) for name, process in processes.items()}
    highest: dict[str, int] = {}
    running = threading.Event()
    running.set()

    def watch() -> None:
        while running.is_set():
            for name, process in processes.items():
                highest[name] = max(highest.get(name, 0), process.memory_info().rss)
            time.sleep(0.2)

    watching = threading.Thread(target=watch)
    watching.start()
    started = time.monotonic()
    try:
        _casestream(folder / "data", "publish", "cloudevents", str(history))
        published = time.monotonic() - started
        with Watch(status["endpoints"]["kafka"]) as lags:
            if stuck := lags.wait_until_stored(900, stages=TO_CASES):
                raise TimeoutError(f"{stuck.left} messages of {', '.join(stuck.topics)} are left")
        seconds = time.monotonic() - started
        _casestream(folder / "data", "wait", "--timeout", "900")
        with_people = time.monotonic() - started
        running.clear()
        watching.join()
        used = {name: sum(process.cpu_times()[:2]) - before[name] for name, process in processes.items()}
        after = json.loads(_casestream(folder / "data", "status", "--json"))
    finally:
        running.clear()
        _casestream(folder / "data", "down")
    return {
        "events": events, "workers": workers, "seconds": round(seconds, 1),
        "events_a_second": round(events / seconds), "published_in_seconds": round(published, 1),
        "seconds_with_people": round(with_people, 1), "events_a_second_with_people": round(events / with_people),
        "cases": after["cases"], "stored": after["stored"], "rejected": after["rejected"],
        "cpu_seconds": {name: round(value, 1) for name, value in used.items()},
        "highest_resident_mb": {name: round(value / 1e6) for name, value in highest.items()},
    }  # fmt: skip


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(prog="python -m bench.throughput", description=__doc__)
    parser.add_argument("--events", type=int, default=100_000)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--json", action="store_true")
    asked = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory(prefix="casestream-bench-") as folder:
        found = measure(Path(folder), asked.events, asked.workers, asked.seed)
    if asked.json:
        sys.stdout.write(json.dumps(found) + "\n")
        return
    sys.stdout.write(f"from the feed topics to case rows, on {os.cpu_count()} cores\n")
    for name, value in found.items():
        sys.stdout.write(f"  {name:22} {value}\n")


if __name__ == "__main__":
    main()
