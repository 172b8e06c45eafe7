"""The bench of measures: its history, the copies of it, and what it prints."""

from collections.abc import Iterator

import pytest

from bench.copies import multiply
from bench.loaded import clickhouse, load
from bench.measures import HOME, ONE, PERIOD, figures, locate, timed
from casestream.measuring import Question, answer
from clickhouse.measures import measures
from clickhouse.measures.filters import AREA_ROLES
from clickhouse.store import Store
from schemas.events import KINDS

FIGURES = ("P01", "V01", "T01", "H07", "C06")
OTHER_KINDS = [kind.name for kind in KINDS.values() if not kind.of_cases]


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    with clickhouse(tmp_path_factory.mktemp("bench")) as opened:
        load(opened, 4_000, seed=3)
        locate(opened)
        yield opened


def headline(store: Store, name: str) -> float:
    measure = measures()[name]
    value = answer(store, Question(measure, PERIOD))[0].values[measure.headline]
    assert value is not None
    return value


def test_link_rates_are_those_of_the_records(store: Store) -> None:
    counted = store.query(
        "SELECT told.agency, count(), countIf(agencies > 1) FROM casestream.v_case_members AS told INNER JOIN"
        " (SELECT case_id, uniqExact(agency) AS agencies FROM casestream.v_case_members"
        "  WHERE kind NOT IN {kinds:Array(String)} GROUP BY case_id) AS of_case USING case_id"
        " WHERE told.kind NOT IN {kinds:Array(String)} GROUP BY told.agency ORDER BY told.agency",
        {"kinds": OTHER_KINDS},
    )
    found = {one.keys["agency"]: one.values for one in answer(store, Question(measures()["A04"], PERIOD))}
    assert set(found) == {"police", "cps", "hmcts", "hmpps"}
    for agency, records, linked in counted:
        assert found[str(agency)]["n"] == records
        assert found[str(agency)]["rate"] == pytest.approx(100 * int(str(linked)) / int(str(records)))


def test_copies_are_cases_of_their_own_and_leave_rates_as_they_are(store: Store) -> None:
    before = {name: headline(store, name) for name in FIGURES}
    kept = answer(store, Question(measures()["A04"], PERIOD))
    multiply(store, 3)
    after = {name: headline(store, name) for name in FIGURES}
    assert before["P01"] > 100
    rates = {name for name in FIGURES if measures()[name].unit == "per cent"}
    assert rates == {"H07"}
    assert after == {name: value if name in rates else 3 * value for name, value in before.items()}
    assert [one.values["rate"] for one in answer(store, Question(measures()["A04"], PERIOD))] == [
        one.values["rate"] for one in kept
    ]


def test_every_measure_is_timed_and_for_one_area_where_it_has_areas(store: Store) -> None:
    taken = timed(store, 1)
    assert set(taken) == set(measures())
    assert {name for name, areas in taken.items() if ONE not in areas} == {
        name for name, measure in measures().items() if not set(AREA_ROLES) & set(measure.by)
    }
    assert {name for name, areas in taken.items() if HOME in areas} == {
        name for name, measure in measures().items() if "home" in measure.by
    }
    assert all(len(runs) == 1 and runs[0] > 0 for areas in taken.values() for runs in areas.values())


def test_figures_are_the_median_and_the_95th_percentile() -> None:
    assert figures([float(one) for one in range(1, 101)]) == {"median_ms": 50.5, "p95_ms": 95.0}
