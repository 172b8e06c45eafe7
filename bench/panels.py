"""How long each panel of each board takes, over simulated cases in the embedded ClickHouse.

    python -m bench.panels [--events 200000] [--cases 1000000] [--runs 7] [--seed 1] [--json]

Milliseconds: the median and the most of the runs after the first, over the two years before now, for all areas; the
case explorer for the case with the most records, the person explorer for the person with the most. The
history goes through the worker's own agents, without Kafka; SQL copies it until there are so many cases
(`bench.copies`).
"""

import json
import sys
from collections.abc import Sequence
from functools import partial
from statistics import median

from bench.many_cases import many_cases, milliseconds, parser
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
                taken[f"{panel.id} {panel.title}"] = milliseconds(partial(store.query, sql, {}), runs)
    return found


def figures(taken: Sequence[float]) -> dict[str, float]:
    """Median and most of ascending milliseconds."""
    return {"median_ms": round(median(taken), 1), "most_ms": round(taken[-1], 1)}


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure and print."""
    asked = parser("python -m bench.panels", __doc__).parse_args(arguments)
    with many_cases(asked) as (store, cases):
        taken = timed(store, asked.runs)
    found = {board: {panel: figures(runs) for panel, runs in one.items()} for board, one in taken.items()}
    if asked.json:
        sys.stdout.write(json.dumps({"events": asked.events, "cases": cases, "boards": found}) + "\n")
        return
    sys.stdout.write(f"milliseconds a panel, {cases:,} cases: median and most\n")
    for board, panels in found.items():
        for panel, one in sorted(panels.items(), key=lambda item: -item[1]["median_ms"]):
            sys.stdout.write(f"  {board:16} {one['median_ms']:8.1f} {one['most_ms']:8.1f}  {panel}\n")


if __name__ == "__main__":
    main()
