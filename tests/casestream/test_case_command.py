"""`casestream case`: a case as it was known at a time, over the real tables."""

import json
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from clickhouse.store import Store
from schemas.flow import case_id_of, subject_id
from tests.casestream.conftest import Told
from tests.linked import SOURCE, deleted, event, link_all
from tests.tables import empty

pytestmark = pytest.mark.integration

Command = Callable[..., Told]
CRIME = subject_id(SOURCE, "police.crime", "CR0001")
CASE = case_id_of(CRIME)


def crime(time: str, **more: Any) -> dict[str, Any]:
    told = {"crime_ref": "CR0001", "force": "40", "recorded_at": "2025-03-01T09:00:00Z", "ho_code": "28E"}
    return event("police.crime", "CR0001", told | more, time)


@pytest.fixture(scope="module")
def told(store: Store) -> Iterator[None]:
    """A crime that is charged in March, becomes a robbery in May, and is deleted in June. The correction came first."""
    empty(store)
    link_all(store, [
        crime("2025-05-01T09:00:00Z", ho_code="34A"),
        crime("2025-03-01T09:00:00Z"),
        event("police.crime_outcome", "CR0001", {"crime_ref": "CR0001", "force": "40", "outcome_type": "1",
                                              "outcome_at": "2025-03-20"}, "2025-03-20T12:00:00Z"),
        deleted("police.crime", "CR0001", "2025-06-01T09:00:00Z"),
    ])  # fmt: skip
    yield
    empty(store)


@pytest.fixture
def case(told: None, store_cli: Command) -> Callable[..., Told]:
    return lambda *arguments: store_cli("case", *arguments)


def known(case: Callable[..., Told], at: str) -> dict[str, Any]:
    found = case(CASE, "--as-of", at, "--json")
    assert found.code == 0, found.err
    parsed: dict[str, Any] = json.loads(found.out)
    return parsed


def test_a_case_is_what_was_told_by_then_whatever_came_first(case: Callable[..., Told]) -> None:
    early, charged, corrected = (known(case, day) for day in ("2025-03-10", "2025-04-10", "2025-05-10"))
    (row,) = early["tables"]["case_crimes"]
    assert (row["offence_group"], row["outcome_group"], row["recorded_at"]) == (
        "Theft offences", "", "2025-03-01T09:00:00.000+00:00"
    )  # fmt: skip
    (row,) = charged["tables"]["case_crimes"]
    assert (row["offence_group"], row["outcome_group"]) == ("Theft offences", "Charged or summonsed")
    (row,) = corrected["tables"]["case_crimes"]
    assert (row["offence_group"], row["outcome_group"]) == ("Robbery", "Charged or summonsed")
    assert [len(one["records"]) for one in (early, charged, corrected)] == [1, 2, 2]


def test_before_it_was_told_and_after_it_was_deleted_there_is_no_case(case: Callable[..., Told]) -> None:
    for day in ("2025-02-01", "2025-06-10"):
        found = case(CASE, "--as-of", day)
        assert found.code == 1
        assert "nothing was known" in found.out


def test_for_people_it_is_the_case_its_rows_and_its_timeline(case: Callable[..., Told]) -> None:
    shown = case(CRIME, "--as-of", "2025-04-10").out
    assert all(word in shown for word in (CASE, "as known at 2025-04-10T22:59:59", "case_crimes", "Timeline"))


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("x1",), "no case id"), (("c" + "0" * 24,), "never did"), ((CASE, "--as-of", "soon"), "--as-of"),
    ],
)  # fmt: skip
def test_a_wrong_call_says_what_is_wrong(case: Callable[..., Told], arguments: tuple[str, ...], said: str) -> None:
    found = case(*arguments)
    assert found.code == 2
    assert said in found.err
