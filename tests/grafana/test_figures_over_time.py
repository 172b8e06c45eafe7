"""What the System overview shows over time is true at its edges and where there is nothing to count."""

from collections.abc import Iterator
from datetime import UTC, date, datetime

import pytest

from clickhouse.store import Store
from grafana.boards.common import monthly
from grafana.boards.system_overview import SYSTEM_OVERVIEW
from grafana.macros import Period, expand
from tests.tables import empty

pytestmark = pytest.mark.integration

NO_FILTER: dict[str, tuple[str, ...]] = {"force": (), "offence_group": ()}


@pytest.fixture
def written(store: Store) -> Iterator[Store]:
    """Cases from 10 January to 20 July 2025: crimes recorded in each of the months but March and April."""
    empty(store)
    days = [(1, 12), (2, 3), (2, 20), (5, 9), (6, 30), (7, 1)]
    at = [datetime(2025, month, day, 12, tzinfo=UTC) for month, day in days]
    names = [f"c{n}" for n in range(len(at))]
    store.insert(
        "case_crimes",
        {
            "case_id": names, "crime_id": names, "recorded_at": at, "force": ["20"] * 6, "offence_group": ["Theft"] * 6,
            "first_arrest_at": at, "clock": ["incident", "incident", "crime", "recorded", "crime", "crime"],
            "report_to_arrest_days": [1.25, 3.0, None, 2.0, 1.0, 9.0],
            "report_to_arrest_precision": ["time", "time", "time", "day", "time", "time"],
            "arrest_before_report": [0, 0, 1, 0, 0, 0], "version": [1] * 6,
        },
    )  # fmt: skip
    store.insert(
        "cases",
        {"case_id": ["c0"], "opened_at": [datetime(2025, 1, 10, tzinfo=UTC)],
         "last_event_at": [datetime(2025, 7, 20, tzinfo=UTC)], "version": [1]},
    )  # fmt: skip
    yield store
    empty(store)


def asked(store: Store, sql: str, start: datetime, end: datetime) -> list[tuple[object, ...]]:
    return store.query(expand(sql, Period(start, end), NO_FILTER), {})


def months(*figures: tuple[int, object]) -> list[tuple[object, ...]]:
    return [(date(2025, month, 1), figure) for month, figure in figures]


ALWAYS = (datetime(2020, 1, 1, tzinfo=UTC), datetime(2035, 1, 1, tzinfo=UTC))


def test_a_month_without_any_is_nought_and_months_at_the_edge_of_the_data_are_left_out(written: Store) -> None:
    found = asked(written, monthly("P01", ("crimes",)), *ALWAYS)
    assert found == months((2, 2), (3, 0), (4, 0), (5, 1), (6, 1))


def test_months_at_the_edge_of_the_period_are_left_out(written: Store) -> None:
    found = asked(
        written, monthly("P01", ("crimes",)), datetime(2025, 2, 2, tzinfo=UTC), datetime(2025, 6, 29, tzinfo=UTC)
    )
    assert found == months((3, 0), (4, 0), (5, 1))


def test_months_that_the_period_just_holds_are_there(written: Store) -> None:
    # from midnight in winter time to the last second before midnight in summer time
    period = datetime(2025, 2, 1, tzinfo=UTC), datetime(2025, 5, 31, 22, 59, 59, tzinfo=UTC)
    assert asked(written, monthly("P01", ("crimes",)), *period) == months((2, 2), (3, 0), (4, 0), (5, 1))


def test_a_period_without_a_whole_month_has_none(written: Store) -> None:
    period = datetime(2025, 2, 2, tzinfo=UTC), datetime(2025, 2, 20, tzinfo=UTC)
    assert asked(written, monthly("P01", ("crimes",)), *period) == []


def test_a_median_of_none_is_none(written: Store) -> None:
    found = asked(written, monthly("P10", ("median",)), *ALWAYS)
    assert found == months((2, 3.0), (3, None), (4, None), (5, 2.0), (6, 1.0))


def panel(number: int) -> str:
    return next(one.sql for one in SYSTEM_OVERVIEW.panels if one.id == number)


def test_a_median_below_two_days_is_told_in_hours(written: Store) -> None:
    january = datetime(2025, 1, 1, tzinfo=UTC), datetime(2025, 1, 31, tzinfo=UTC)
    assert asked(written, panel(5), *january) == [("30.0 hours", 0)]
    assert asked(written, panel(5), *ALWAYS) == [("2.0 days", 1)]
    assert asked(written, panel(5), datetime(2024, 1, 1, tzinfo=UTC), datetime(2024, 2, 1, tzinfo=UTC)) == [(None, 0)]


def test_the_share_of_each_start_of_the_clock_and_arrests_before_the_report_are_shown(written: Store) -> None:
    assert asked(written, panel(16), *ALWAYS) == [
        ("Report of the incident", 2, 40.0, 2.125, 0, 0),
        ("Report of the crime", 2, 40.0, 5.0, 0, 1),
        ("Recording of the crime", 1, 20.0, 2.0, 1, 0),
    ]


def test_trials_show_how_many_listings_are_not_recorded(written: Store) -> None:
    written.insert(
        "case_trial_listings",
        {"case_id": ["c0"] * 3, "listing_id": ["l0", "l1", "l2"],
         "listed_on": [date(2025, 2, day) for day in (3, 4, 5)],
         "status": ["effective", "listed", "vacated"], "version": [1] * 3},
    )  # fmt: skip
    assert asked(written, panel(6), *ALWAYS) == [(100.0, 1)]
    assert asked(written, panel(17), *ALWAYS)[0] == (date(2025, 2, 1), 1, 100.0, 0.0, 0.0, 1)
