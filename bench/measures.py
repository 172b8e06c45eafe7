"""How long each measure takes, headline with all its values, over simulated cases in the embedded ClickHouse.

    python -m bench.measures [--events 200000] [--cases 1000000] [--runs 7] [--seed 1] [--json]

Milliseconds: the median and the 95th percentile of the runs, each over the whole history, for all areas and for the one
with the most rows, without other filters and without comparisons; and both over all runs of all measures. The area is
in the first role that the measure has, and in that of the home too, which has to be looked up. The history goes through
the worker's own agents, without Kafka; SQL copies it until there are so many cases (`bench.copies`).
"""

import json
import math
import sys
from collections.abc import Sequence
from datetime import UTC, date, datetime
from functools import partial
from itertools import cycle
from statistics import median

from bench.many_cases import many_cases, milliseconds, parser
from casestream.measuring import Question, answer
from clickhouse import reference_lists
from clickhouse.measures import measures
from clickhouse.measures.filters import AREA_ROLES, DIMENSIONS, NOT_KNOWN
from clickhouse.store import Store
from grafana.macros import Period
from processors.list_entries import ListEntry
from schemas.areas import BELONGINGS, TERRITORIAL
from simulator.hmpps import PRISON_IDS

PERIOD = Period(datetime(2000, 1, 1, tzinfo=UTC), datetime(2100, 1, 1, tzinfo=UTC))


ALL, ONE, HOME = "all areas", "one area", "one home area"
"""What is asked about."""


def timed(store: Store, runs: int) -> dict[str, dict[str, list[float]]]:
    """The milliseconds of each run of each measure, ascending: for all areas, and for one where it has areas."""
    largest = {role: _largest(store, role) for role in AREA_ROLES}
    found: dict[str, dict[str, list[float]]] = {}
    for measure in measures().values():
        questions = {ALL: Question(measure, PERIOD)}
        role = next((name for name in AREA_ROLES if name in measure.by), "")
        if role:
            questions[ONE] = Question(measure, PERIOD, {role: (largest[role],)})
        if "home" in measure.by:
            questions[HOME] = Question(measure, PERIOD, {"home": (largest["home"],)})
        found[measure.id] = {
            name: milliseconds(partial(answer, store, question), runs) for name, question in questions.items()
        }
    return found


def locate(store: Store) -> None:
    """Load lists that say where the simulator's places lie, which are nowhere: its postcode districts and prisons."""
    districts = zip((f"XX{number}" for number in range(10, 99)), cycle(TERRITORIAL))
    prisons = zip(PRISON_IDS, cycle(area.area for area in BELONGINGS if area.role == "region"))
    entries = {
        "postcodes": [ListEntry(district, force, {}) for district, force in districts],
        "prisons": [ListEntry(prison, prison, {"region": region}) for prison, region in prisons],
    }
    for name, told in entries.items():
        reference_lists.load(store, name, told, date(2000, 1, 1))


_HELD = {
    "force": "cases", "cps_area": "cases", "court": "cases", "region": "case_supervision",
    "prison_region": "case_custody", "home": "case_defendants",
}  # fmt: skip
"""A table that has the areas of a role."""


def _largest(store: Store, role: str) -> str:
    """The area of a role that has the most rows."""
    area = DIMENSIONS[role]
    sql = (
        f"SELECT {area.groups} AS area FROM casestream.{_HELD[role]} AS items {area.join}"
        f" WHERE area NOT IN ('', '{NOT_KNOWN}') GROUP BY area ORDER BY count() DESC, area LIMIT 1"
    )
    return str(store.query(sql, {})[0][0])


def figures(taken: Sequence[float]) -> dict[str, float]:
    """Median and 95th percentile of ascending milliseconds."""
    return {"median_ms": round(median(taken), 1), "p95_ms": round(taken[math.ceil(0.95 * len(taken)) - 1], 1)}


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure and print."""
    asked = parser("python -m bench.measures", __doc__).parse_args(arguments)
    with many_cases(asked) as (store, cases):
        locate(store)
        ((crimes,),) = store.query("SELECT sum(crimes) FROM casestream.cases FINAL", {})
        taken = timed(store, asked.runs)
    found = {name: {area: figures(runs) for area, runs in areas.items()} for name, areas in taken.items()}
    whole = {
        area: figures(sorted(one for areas in taken.values() for one in areas.get(area, ())))
        for area in (ALL, ONE, HOME)
    }
    if asked.json:
        told = {"events": asked.events, "cases": cases, "whole": whole, "measures": found}
        sys.stdout.write(json.dumps(told) + "\n")
        return
    sys.stdout.write(f"milliseconds a measure, {cases:,} cases, {crimes:,} crimes: median and 95th percentile\n")
    for area, one in whole.items():
        sys.stdout.write(f"  {area}, all runs: {one['median_ms']:.1f} {one['p95_ms']:.1f}\n")
    sys.stdout.write(f"  {'':6} {ALL:>17} {ONE:>17} {HOME:>17}\n")
    for name, areas in sorted(found.items(), key=lambda one: -one[1][ALL]["median_ms"]):
        told_areas = [
            f"{areas[area]['median_ms']:8.1f} {areas[area]['p95_ms']:8.1f}" if area in areas else " " * 17
            for area in (ALL, ONE, HOME)
        ]
        sys.stdout.write(f"  {name:6} {' '.join(told_areas)}  {measures()[name].title}\n")


if __name__ == "__main__":
    main()
