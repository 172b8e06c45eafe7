"""National lists in ClickHouse: versions, days, and codes that they do not know. On the real engine."""

from datetime import UTC, date, datetime, timedelta

import pytest

from clickhouse.queries import read
from clickhouse.reference_lists import load, loads
from clickhouse.store import Store
from processors.list_entries import ListEntry
from processors.reference_lists import read_list
from tests.measures.test_once import put

pytestmark = pytest.mark.integration

DAY = date(2024, 1, 1)


def prisons(*names: str) -> list[ListEntry]:
    return read_list("prisons", "prison_id,name,opened\n" + "".join(f"{one[:3].upper()},{one},1900\n" for one in names))


def held(store: Store) -> list[tuple[object, ...]]:
    sql = "SELECT code, name, JSONExtractString(details, 'opened') FROM casestream.v_reference ORDER BY code"
    return store.query(sql, {})


def test_a_later_load_takes_the_place_of_the_one_before_from_its_day_on(tables: Store) -> None:
    load(tables, "prisons", prisons("Abc", "Def"), DAY)
    assert held(tables) == [("ABC", "Abc", "1900"), ("DEF", "Def", "1900")]
    load(tables, "prisons", prisons("Xyz"), datetime.now(UTC).date() + timedelta(days=30))
    assert len(held(tables)) == 2
    load(tables, "prisons", prisons("Abcd", "Ghi"), DAY + timedelta(days=1))
    assert held(tables) == [("ABC", "Abcd", "1900"), ("GHI", "Ghi", "1900")]
    load(tables, "prisons", prisons("Old"), DAY - timedelta(days=1))  # an older one that comes late
    assert len(held(tables)) == 2
    assert [one.version for one in loads(tables)] == [1, 2, 3, 4]


def test_the_same_load_again_is_kept_once(tables: Store) -> None:
    first, new = load(tables, "prisons", prisons("Abc"), DAY)
    assert new
    assert load(tables, "prisons", prisons("Abc"), DAY) == (first, False)
    assert load(tables, "prisons", prisons("Abc"), DAY + timedelta(days=1))[1]


def test_a_load_that_broke_off_is_not_read(tables: Store) -> None:
    load(tables, "prisons", prisons("Abc"), DAY)
    tables.insert("reference_entries", {
        "list": ["prisons"], "code": ["DEF"], "name": ["Def"], "year": [0], "details": ["{}"], "valid_from": [20_000],
        "version": [2],
    })  # fmt: skip
    assert [row[0] for row in held(tables)] == ["ABC"]
    load(tables, "prisons", prisons("Ghi"), DAY + timedelta(days=1))
    assert [row[0] for row in held(tables)] == ["GHI"]


def test_codes_that_a_list_does_not_know_are_counted_and_kept(tables: Store) -> None:
    put(tables, "case_custody", [
        {"case_id": "c1", "movement_id": f"m{n}", "prison_id": prison}
        for n, prison in enumerate(("ABC", "ZZZ", "ZZZ", ""))
    ])  # fmt: skip
    assert tables.query(read("unknown_codes"), {}) == []  # no list, so nothing is known to be wrong
    load(tables, "prisons", prisons("Abc"), DAY)
    assert tables.query(read("unknown_codes"), {}) == [("prisons", 1, 2)]
    assert tables.query("SELECT count() FROM casestream.case_custody FINAL", {}) == [(4,)]
