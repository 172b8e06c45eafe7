"""The engines of the bench of linking: they are given the same work, and must end in the same cases."""

from collections import Counter

import pytest

from bench import linking_speed
from bench.cases.by_pathway import AbsentError, iterated
from bench.cases.by_search import searched
from bench.cases.by_us import linked
from bench.cases.timing import Speed
from bench.cases.workload import Cases, Workload, workload


def test_all_engines_that_are_set_up_end_in_the_same_cases() -> None:
    measured = Counter(engine for engine, _piece, _speed in linking_speed.measure(workload(100, 200, seed=1)))
    assert measured["link"] == measured["plain search"] == 3


def test_pathway_ends_in_the_same_cases() -> None:
    work = workload(30, 100, seed=2)
    try:
        _speeds, cases = iterated(work)
    except AbsentError as error:
        pytest.skip(str(error))
    assert cases == linked(work)[1]


def test_an_engine_that_ends_in_other_cases_fails_the_run(monkeypatch: pytest.MonkeyPatch) -> None:
    def wrong(work: Workload) -> tuple[dict[str, Speed], Cases]:
        speeds, cases = searched(work)
        return speeds, cases | {frozenset({"r1"})}

    monkeypatch.setitem(linking_speed._ENGINES, "plain search", wrong)
    with pytest.raises(RuntimeError, match="plain search ends in"):
        list(linking_speed.measure(workload(20, 50, seed=3)))


def test_changes_are_new_records_corrections_and_deletions() -> None:
    heads = [head for batch in workload(200, 2_000, seed=4).pieces["changes, 100 together"] for head in batch]
    deleted = sum(head.deleted for head in heads) / len(heads)
    corrected = sum(head.order.time_us > 1 and not head.deleted for head in heads) / len(heads)
    assert 0.07 < deleted < 0.13
    assert 0.16 < corrected < 0.24
