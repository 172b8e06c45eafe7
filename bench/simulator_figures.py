"""What made-up histories are like beside published figures, through the measures themselves.

    python -m bench.simulator_figures [--write]

A history of the default plan goes through the worker's own agents into the embedded ClickHouse, and each figure of
`simulator/published.yaml` is measured there. Cohorts are those of the first 24 of the 36 months, so that they have had
time; all else is of the last 18, when the courts are as full as they will be. `--write` keeps the figures in
`simulator/simulated.yaml`, from which docs/reference/simulator-figures.md is made. It exits with 1 when one is outside
its tolerance. Takes some minutes.
"""

import argparse
import sys
import tempfile
from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path

from bench.loaded import clickhouse, load
from casestream.measuring import Question, answer
from clickhouse.measures import measures
from clickhouse.store import Store
from grafana.macros import Period
from simulator import Plan, happenings
from simulator.history import digest_of
from simulator.published import SIMULATED, Published, Simulated, published, written

EVENTS, SEED = 400_000, 1
DIGESTED = 3_000
"""Events whose digest says which simulator it was."""

SQL = Path(__file__).with_name("figures")


def periods(plan: Plan) -> dict[bool, Period]:
    """The period of cohorts (True), and that of all other measures."""
    month = timedelta(days=30)
    start = plan.end - plan.months * month
    return {True: Period(start, start + 24 * month), False: Period(plan.end - 18 * month, plan.end)}


def figure(store: Store, one: Published, plan: Plan) -> float:
    """The simulated value of a published figure."""
    value = _valued(store, one.of, plan, one)
    return 100 * value / _valued(store, one.to, plan) if one.to else value


def _valued(store: Store, name: str, plan: Plan, of: Published | None = None) -> float:
    room, value = name.split(".")
    if room not in measures():
        sql = (SQL / f"{room}.sql").read_text(encoding="utf-8")
        return float(store.query_columns(sql, {})[value][0])
    measure = measures()[room]
    period = periods(plan)[measure.period == "cohort"]
    found = [
        one.values[value]
        for one in answer(store, Question(measure, period, of.narrowed if of else {}))
        if of is None or not of.key or of.key in one.keys.values()
    ]
    if len(found) != 1 or found[0] is None:
        raise ValueError(f"{name}: {found} where one figure was expected")
    return found[0]


def measure() -> Simulated:
    """Make up the history, and measure all figures on it."""
    plan = Plan(events=EVENTS, seed=SEED)
    with tempfile.TemporaryDirectory() as folder, clickhouse(Path(folder)) as store:
        load(store, EVENTS, SEED)
        found = {one.name: round(figure(store, one, plan), 2) for one in published()}
    return Simulated(digest_of(happenings(Plan(events=DIGESTED, seed=SEED))), EVENTS, SEED, found)


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure, print, and with --write keep."""
    parser = argparse.ArgumentParser(prog="python -m bench.simulator_figures", description=__doc__)
    parser.add_argument("--write", action="store_true", help="keep the figures in simulator/simulated.yaml")
    asked = parser.parse_args(arguments)
    found = measure()
    if asked.write:
        SIMULATED.write_text(written(found), encoding="utf-8")
    outside = 0
    for one in published():
        value = found.figures[one.name]
        outside += not one.within(value)
        mark = " " if one.within(value) else "*"
        sys.stdout.write(f"{mark} {one.published:7g} {value:8.2f}  +-{one.tolerance:<4g} {one.unit:10} {one.title}\n")
    return 1 if outside else 0


if __name__ == "__main__":
    sys.exit(main())
