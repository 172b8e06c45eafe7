"""How long each panel of each board takes, over simulated cases in the embedded ClickHouse.

    python -m bench.panels [--events 200000] [--cases 1000000] [--runs 7] [--seed 1] [--json]

Milliseconds: the median and the most of the runs after the first, over the two years before now, for all areas; the
case explorer for the case with the most records, the person explorer for the person with the most. The
history goes through the worker's own agents, without Kafka; SQL copies it until there are so many cases
(`bench.copies`).
"""

import argparse
import json
import math
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from statistics import median
from time import perf_counter

from bench.copies import multiply
from bench.loaded import clickhouse, load, wait_for_merges
from clickhouse.store import Store
from grafana.boards import BOARDS
from grafana.preview.figures import statement

_LARGEST = {
    "case_id": "SELECT case_id FROM casestream.cases FINAL ORDER BY records DESC, case_id LIMIT 1",
    "person_id": "SELECT person_id FROM casestream.v_people ORDER BY records DESC, person_id LIMIT 1",
}


def timed(store: Store, runs: int) -> dict[str, dict[str, list[float]]]:
    """The milliseconds of the runs of each panel, ascending, by board and by number and title of the panel."""
    largest = {name: [str(store.query(sql, {})[0][0])] for name, sql in _LARGEST.items()}
    found: dict[str, dict[str, list[float]]] = {}
    for board in BOARDS:
        taken = found[board.uid] = {}
        chosen = {variable.name: largest.get(variable.name, []) for variable in board.variables}
        for panel in board.panels:
            if panel.sql:
                sql = statement(board, panel.sql, "now-2y", "now", chosen)
                taken[f"{panel.id} {panel.title}"] = _runs(store, sql, runs)
    return found


def _runs(store: Store, sql: str, runs: int) -> list[float]:
    store.query(sql, {})  # the first reads from disk
    taken = []
    for _ in range(runs):
        begin = perf_counter()
        store.query(sql, {})
        taken.append(1000 * (perf_counter() - begin))
    return sorted(taken)


def figures(taken: Sequence[float]) -> dict[str, float]:
    """Median and most of ascending milliseconds."""
    return {"median_ms": round(median(taken), 1), "most_ms": round(taken[-1], 1)}


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(prog="python -m bench.panels", description=__doc__)
    parser.add_argument("--events", type=int, default=200_000)
    parser.add_argument("--cases", type=int, default=0, help="copy the history until there are so many")
    parser.add_argument("--runs", type=int, default=7)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--json", action="store_true")
    asked = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as folder, clickhouse(Path(folder)) as store:
        load(store, asked.events, asked.seed)
        ((cases,),) = store.query("SELECT count() FROM casestream.cases FINAL", {})
        multiply(store, math.ceil(asked.cases / int(str(cases))))
        ((cases,),) = store.query("SELECT count() FROM casestream.cases FINAL", {})
        wait_for_merges(store)  # the copies came at once, and are merged for a minute
        taken = timed(store, asked.runs)
    found = {
        board: {panel: figures(runs) for panel, runs in one.items()} for board, one in taken.items()
    }
    if asked.json:
        sys.stdout.write(json.dumps({"events": asked.events, "cases": cases, "boards": found}) + "\n")
        return
    sys.stdout.write(f"milliseconds a panel, {cases:,} cases: median and most\n")
    for board, panels in found.items():
        for panel, one in sorted(panels.items(), key=lambda item: -item[1]["median_ms"]):
            sys.stdout.write(f"  {board:16} {one['median_ms']:8.1f} {one['most_ms']:8.1f}  {panel}\n")


if __name__ == "__main__":
    main()
