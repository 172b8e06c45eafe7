"""What the benches of people linking count, on clusters small enough to count by hand."""

import pytest

from bench.people.measured import Share, measured

TRUTH = {"a": "Ann", "b": "Ann", "c": "Ann", "d": "Bob", "e": "Bob", "f": "Cyn"}


def test_the_truth_is_found_whole() -> None:
    found = measured(TRUTH, ["abc", "de", "f"])
    assert (found.pairs, found.clusters) == (Share(4, 4, 4), Share(3, 3, 3))
    assert (found.pairs.f1, found.clusters.f1) == (1, 1)


def test_a_record_with_a_stranger_costs_both() -> None:
    # of the true pairs ab, ac, bc, de only ab and de are left; cf is wrong; of the clusters only de is whole
    found = measured(TRUTH, ["ab", "cf", "de"])
    assert found.pairs == Share(true=4, found=3, right=2)
    assert found.clusters == Share(true=3, found=3, right=1)
    assert (found.pairs.precision, found.pairs.recall) == (2 / 3, 1 / 2)
    assert found.pairs.f1 == pytest.approx(4 / 7)


def test_one_cluster_of_all() -> None:
    found = measured(TRUTH, ["abcdef"])
    assert found.pairs == Share(true=4, found=15, right=4)
    assert found.clusters == Share(true=3, found=1, right=0)
    assert found.clusters.f1 == 0


def test_records_in_no_cluster_are_alone() -> None:
    found = measured(TRUTH, ["de"])
    assert found.pairs == Share(true=4, found=1, right=1)
    assert found.clusters == Share(true=3, found=5, right=2)  # de and f


def test_nothing_found_is_precise() -> None:
    found = measured(TRUTH, [])
    assert (found.pairs.precision, found.pairs.recall, found.pairs.f1) == (1, 0, 0)


@pytest.mark.parametrize(("found", "reason"), [(["ab", "bc"], "two clusters"), (["ax"], "unknown")])
def test_clusters_that_cannot_be_are_refused(found: list[str], reason: str) -> None:
    with pytest.raises(ValueError, match=reason):
        measured(TRUTH, found)
