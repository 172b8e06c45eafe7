"""How well records were linked into cases: precision and recall over pairs of records."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Score:
    """Shares from 0 to 1, over pairs of records in one case; 1 where there is no pair to judge. `pairs_true` are
    the pairs of the truth, `pairs_found` those that were linked, `pairs_right` those in both; `records` and
    `missing` (not found at all) count records of the truth, `unknown` records found that the truth does not know."""

    precision: float
    recall: float
    f1: float
    records: int
    missing: int
    unknown: int
    pairs_true: int
    pairs_found: int
    pairs_right: int
    cases_true: int
    cases_found: int


def _pairs(sizes: Iterable[int]) -> int:
    return sum(size * (size - 1) // 2 for size in sizes)


def score(truth: Iterable[tuple[str, str]], found: Iterable[tuple[str, str]]) -> Score:
    """Compare (record id, case) pairs. A record that was not found is alone; one that the truth does not know is
    left out and counted; leave out records of the truth that belong to no case. Linear in the number of records."""
    case_of = dict(truth)
    found_of: dict[str, str] = {}
    unknown = 0
    for record, case in found:
        if record in case_of:
            found_of[record] = case
        else:
            unknown += 1
    true_sizes = Counter(case_of.values())
    found_sizes = Counter(found_of.values())
    both = Counter((case_of[record], case) for record, case in found_of.items())
    pairs_true, pairs_found, right = _pairs(true_sizes.values()), _pairs(found_sizes.values()), _pairs(both.values())
    precision = right / pairs_found if pairs_found else 1.0
    recall = right / pairs_true if pairs_true else 1.0
    f1 = 2 * precision * recall / (precision + recall) if precision + recall else 0.0
    missing = len(case_of) - len(found_of)
    return Score(
        precision, recall, f1, len(case_of), missing, unknown, pairs_true, pairs_found, right,
        len(true_sizes), len(found_sizes) + missing,
    )  # fmt: skip
