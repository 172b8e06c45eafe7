"""The figures of the simulator, measured again on a whole history: they are those that the documentation shows."""

import pytest

from bench.simulator_figures import SQL, measure, periods
from simulator import Plan
from simulator.published import published, simulated


@pytest.mark.slow
@pytest.mark.integration
@pytest.mark.timeout(1_800)
def test_the_figures_of_a_history_are_within_their_tolerances() -> None:
    found = measure()
    assert found.simulator == simulated().simulator
    outside = {one.name: found.figures[one.name] for one in published() if not one.within(found.figures[one.name])}
    assert outside == {}


def test_the_periods_leave_cohorts_a_year_and_the_courts_time_to_fill() -> None:
    plan = Plan()
    cohorts, others = periods(plan)[True], periods(plan)[False]
    assert (plan.end - cohorts.end).days == 360
    assert (others.end, (others.end - others.start).days) == (plan.end, 540)


def test_figures_that_are_no_measure_have_a_statement() -> None:
    wanted = {one.of.partition(".")[0] for one in published()} & {file.stem for file in SQL.glob("*.sql")}
    assert wanted == {"outcomes", "stop_searches"}
