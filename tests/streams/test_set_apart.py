"""Which of many cannot be written: found with few tries, and all others are written."""

from collections.abc import Sequence

import pytest

from clickhouse.store import StoreRefused, UnfitValueError
from streams.set_apart import set_apart

UNFIT = UnfitValueError("case_crimes", "suspects", "UInt16", "cannot hold 70000")
CASES = [f"c{number}" for number in range(1_000)]


@pytest.mark.parametrize("bad", [(), ("c0",), ("c999",), ("c7", "c8", "c500")])
@pytest.mark.parametrize("error", [UNFIT, StoreRefused(469, "against a constraint")])
def test_only_the_bad_ones_are_left_out_and_the_others_are_written(bad: Sequence[str], error: Exception) -> None:
    written: list[str] = []
    tries = []

    def write(case_ids: Sequence[str]) -> None:
        tries.append(case_ids)
        if set(bad) & set(case_ids):
            raise error
        written.extend(case_ids)

    assert set_apart(CASES, write) == dict.fromkeys(bad, error)
    assert sorted(written) == sorted(set(CASES) - set(bad))
    assert len(tries) <= 1 + 20 * len(bad)


def test_what_is_no_fault_of_the_rows_is_raised() -> None:
    def write(case_ids: Sequence[str]) -> None:
        raise StoreRefused(60, "there is no such table")

    with pytest.raises(StoreRefused):
        set_apart(CASES, write)
