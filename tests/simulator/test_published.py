"""Made-up histories are like published figures, as far as each figure's tolerance says."""

import pytest

from clickhouse.measures import measures
from simulator.published import Published, published, simulated, written
from tests.simulator.test_history import GOLDEN


@pytest.mark.parametrize("one", published(), ids=lambda one: one.name)
def test_a_simulated_figure_is_within_its_tolerance(one: Published) -> None:
    value = simulated().figures[one.name]
    assert one.within(value), f"{value} where {one.published} is published, and {one.tolerance} is tolerated"


def test_the_figures_are_those_of_this_simulator() -> None:
    """After a change of the simulator: `python -m bench.simulator_figures --write`, then `make reference`."""
    assert simulated().simulator == GOLDEN


def test_all_figures_were_measured_and_no_others() -> None:
    assert list(simulated().figures) == [one.name for one in published()]


def test_every_figure_says_where_it_is_from_and_how_near_is_near_enough() -> None:
    assert len({one.name for one in published()}) == len(published())
    for one in published():
        assert one.source
        assert one.assumed or one.address.startswith("http"), one.name
        assert one.tolerance > 0, one.name
        assert one.why, one.name


def test_most_figures_have_a_source() -> None:
    assert sum(one.assumed for one in published()) <= len(published()) / 4


def test_what_is_measured_is_a_value_of_a_measure_that_can_be_narrowed_so() -> None:
    for one in published():
        room, value = one.of.split(".")
        if room in measures():
            assert value in measures()[room].values, one.name
            assert set(one.narrowed) <= set(measures()[room].by), one.name
            assert bool(one.key) == bool(measures()[room].each), one.name
        if one.to:
            room, value = one.to.split(".")
            assert value in measures()[room].values, one.name


def test_a_figure_at_the_end_of_its_tolerance_is_within_it() -> None:
    one = Published("a", "A", "days", 10, "assumed", "T15.median", 2, "sampling")
    assert one.within(12)
    assert one.within(8)
    assert not one.within(12.01)


def test_what_is_written_is_what_is_read() -> None:
    assert "figures:\n" in written(simulated())
