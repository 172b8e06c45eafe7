"""What measures count, on the real engine: the same thing in each statement, and each thing once."""

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest

from clickhouse.measures import measures
from clickhouse.store import Store
from grafana.macros import Period, expand
from schemas.tables import TABLES
from tests.tables import empty

pytestmark = pytest.mark.integration

PERIOD = Period(datetime(2025, 1, 1, tzinfo=UTC), datetime(2025, 12, 31, tzinfo=UTC))
AT = int(datetime(2025, 3, 1, tzinfo=UTC).timestamp()) * 1000
DAY = AT // 86_400_000


@pytest.fixture
def tables(store: Store) -> Iterator[Store]:
    empty(store)
    yield store
    empty(store)


def put(store: Store, table: str, rows: list[dict[str, Any]]) -> None:
    names = list(dict.fromkeys(name for row in rows for name in row))
    assert set(names) <= {column.name for column in TABLES[table].columns}
    columns: dict[str, list[Any]] = {name: [row.get(name) for row in rows] for name in names}
    store.insert(table, {**columns, "version": [1] * len(rows), "is_deleted": [0] * len(rows)})


def value(store: Store, measure: str, name: str) -> Any:
    found = measures()[measure]
    return store.query(f"SELECT {found.values[name]} FROM ({expand(found.rows(()), PERIOD, {})})", {})[0][0]


def crime(number: int, force: str = "20", **more: Any) -> dict[str, Any]:
    told = {"case_id": f"c{number}", "crime_id": f"k{number}", "force": force, "recorded_at": AT}
    return {**told, "offence_group": "Theft offences", "cancelled_at": None, "transferred_at": None} | more


def test_recorded_crimes_are_those_of_the_43_forces_in_every_statement(tables: Store) -> None:
    assert tables.query("SELECT count() FROM casestream.forces FINAL WHERE region != ''", {}) == [(43,)]
    put(tables, "case_crimes", [
        crime(1), crime(2, "63"), crime(3, "93"), crime(4, "98"), crime(5, ""), crime(6, cancelled_at=AT),
        crime(7, transferred_at=AT), crime(8, offence_group="Fraud"), crime(9, offence_group="Computer misuse"),
    ])  # fmt: skip
    assert value(tables, "P01", "crimes") == 2
    flow = expand(measures()["FLOW"].rows(()), PERIOD, {})
    assert tables.query(f"SELECT count() FROM ({flow}) WHERE stage = 'Crimes recorded'", {}) == [(2,)]


def test_a_trial_that_two_linked_cases_share_is_one(tables: Store) -> None:
    listing = {"listing_id": "l1", "hearing_id": "h1", "listed_on": DAY, "force": "20", "jurisdiction": "crown"}
    put(tables, "case_trial_listings", [
        {**listing, "case_id": "c1", "status": "listed"}, {**listing, "case_id": "c2", "status": "effective"},
        {**listing, "case_id": "c3", "listing_id": "l2", "status": "cracked"},
    ])  # fmt: skip
    assert (value(tables, "T05", "n"), value(tables, "T05", "not_recorded")) == (2, 0)
    assert value(tables, "T05", "effective") == 50.0
