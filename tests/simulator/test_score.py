"""Scoring of what was found against the truth."""

from simulator import score

TRUTH = [("a", "1"), ("b", "1"), ("c", "1"), ("d", "2"), ("e", "2")]


def test_the_truth_scores_one() -> None:
    result = score(TRUTH, [(record, f"case {case}") for record, case in TRUTH])
    assert (result.precision, result.recall, result.f1, result.cases_found) == (1.0, 1.0, 1.0, 2)


def test_a_split_costs_recall() -> None:
    result = score(TRUTH, [("a", "x"), ("b", "x"), ("c", "y"), ("d", "z"), ("e", "z")])
    assert (result.precision, result.recall) == (1.0, 0.5)
    assert (result.pairs_true, result.pairs_found, result.pairs_right) == (4, 2, 2)


def test_a_wrong_join_costs_precision() -> None:
    result = score(TRUTH, [(record, "all") for record, _ in TRUTH])
    assert (result.precision, result.recall) == (0.4, 1.0)


def test_records_that_were_not_found_are_alone() -> None:
    result = score(TRUTH, [("a", "x"), ("b", "x")])
    assert (result.precision, result.recall, result.missing, result.cases_found) == (1.0, 0.25, 3, 4)


def test_records_that_the_truth_does_not_know_are_counted_apart() -> None:
    result = score(TRUTH, [*TRUTH, ("stranger", "1")])
    assert (result.precision, result.unknown) == (1.0, 1)


def test_nothing_at_all_scores_one() -> None:
    assert score([], []).f1 == 1.0
