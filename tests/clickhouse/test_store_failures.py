"""The store over a server that goes away and comes back, and over calls that cannot succeed."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path

import pyarrow as pa
import pytest

from clickhouse.migrate import apply, pending
from clickhouse.store import Endpoint, Store, StoreRefused, StoreUnavailable
from tests.conftest import start_clickhouse

pytestmark = pytest.mark.integration


@pytest.fixture
def numbers(store: Store) -> Iterator[str]:
    store.command("CREATE TABLE casestream.numbers (n UInt64, small UInt8, day Date32, id String) "
                  "ENGINE = MergeTree ORDER BY n")  # fmt: skip
    yield "numbers"
    store.command("DROP TABLE casestream.numbers")


def test_a_store_outlives_a_kill_and_a_restart_of_the_server(tmp_path: Path) -> None:
    process, port = start_clickhouse(tmp_path)
    store = Store.connect(Endpoint(port=port))
    store.command("CREATE DATABASE casestream")
    store.command("CREATE TABLE casestream.kept (n UInt64) ENGINE = MergeTree ORDER BY n "
                  "SETTINGS fsync_after_insert = 1")  # fmt: skip
    store.insert("kept", {"n": [1, 2]})
    process.kill()
    process.wait(20)
    assert not store.ping()
    with pytest.raises(StoreUnavailable):
        store.insert("kept", {"n": [3]})
    with pytest.raises(StoreUnavailable):
        store.query("SELECT 1", {})
    process, _ = start_clickhouse(tmp_path, port)
    try:
        store.insert("kept", {"n": [3]})
        assert store.query("SELECT groupArray(n) FROM (SELECT n FROM casestream.kept ORDER BY n)", {}) == [([1, 2, 3],)]
    finally:
        process.terminate()
        assert process.wait(20) == 0


def test_a_value_that_its_column_cannot_hold_is_named(store: Store, numbers: str) -> None:
    for columns, told in (
        ({"n": [-1]}, "column n"),
        ({"n": [1], "small": [256]}, "column small"),
        ({"n": [1], "day": ["today"]}, "column day"),
        ({"n": ["one"]}, "column n"),
        ({"nope": [1]}, "no column nope"),
    ):
        with pytest.raises(ValueError, match=told):
            store.insert(numbers, columns)
    with pytest.raises(StoreRefused) as refused:
        store.insert("nope", {"n": [1]})
    assert refused.value.code == 60
    assert store.query("SELECT count() FROM casestream.numbers", {}) == [(0,)]


def test_an_arrow_table_is_inserted_as_it_is(store: Store, numbers: str) -> None:
    store.insert_arrow(numbers, pa.table({"day": pa.array([date(2026, 11, 24)]), "n": pa.array([7], pa.uint64())}))
    assert store.query("SELECT n, day FROM casestream.numbers", {}) == [(7, date(2026, 11, 24))]


def test_a_lookup_takes_no_keys_none_that_are_there_and_fifty_thousand(store: Store, numbers: str) -> None:
    store.insert(numbers, {"n": list(range(50_000)), "id": [f"r:{n}" for n in range(50_000)]})
    by_number = "SELECT n, id FROM casestream.numbers WHERE n IN {keys:Array(UInt64)}"
    by_text = "SELECT n, id FROM casestream.numbers WHERE id IN {keys:Array(String)}"
    for sql, absent in ((by_number, [2**64 - 1]), (by_text, ["r:none"])):
        assert store.lookup(sql, [], {}) == {"n": [], "id": []}
        assert store.lookup(sql, absent, {}) == {"n": [], "id": []}
    assert len(store.lookup(by_number, range(50_000), {})["n"]) == 50_000
    assert len(store.lookup(by_text, [f"r:{n}" for n in range(50_000)], {})["id"]) == 50_000


def test_a_query_that_fails_half_way_is_told_as_one_that_may_be_made_again(store: Store) -> None:
    sql = "SELECT number, throwIf(number = 20000000) FROM numbers(30000000)"
    with pytest.raises(StoreUnavailable):
        for _ in store.batches(sql):
            pass
    assert store.query("SELECT 1", {}) == [(1,)]


def test_a_limit_of_time_is_told_as_one_that_may_be_made_again(store: Store) -> None:
    with pytest.raises(StoreUnavailable):
        store.query("SELECT sleep(2) SETTINGS max_execution_time = 1", {})


def test_one_store_serves_many_threads(store: Store) -> None:
    with ThreadPoolExecutor(8) as threads:
        found = list(threads.map(lambda n: store.query("SELECT {n:UInt64}", {"n": n}), range(200)))
    assert found == [[(n,)] for n in range(200)]


def test_pending_migrations_are_those_that_apply_would_apply(store: Store, tmp_path: Path) -> None:
    (tmp_path / "9301_later.sql").write_text("SELECT 1;\n")
    assert [one.name for one in pending(store, tmp_path)] == ["later"]
    apply(store, tmp_path)
    assert pending(store, tmp_path) == []


def test_rows_that_fail_once_they_are_read_are_refused_and_not_said_to_be_stored(store: Store, numbers: str) -> None:
    """A constraint, a view that fails, too many parts: the engine stores nothing of the insert."""
    store.command("ALTER TABLE casestream.numbers ADD CONSTRAINT no_three CHECK n != 3")
    for insert in (
        lambda: store.insert(numbers, {"n": [1, 3]}),
        lambda: store.command("INSERT INTO casestream.numbers (n) VALUES (1), (1 + 2)"),
        lambda: store.command('INSERT INTO casestream.numbers (n) FORMAT JSONEachRow {"n": 1} {"n": 3}'),
    ):
        with pytest.raises(StoreRefused, match="no_three") as refused:
            insert()
        assert refused.value.code == 469
        assert refused.value.of_data
    store.insert(numbers, {"n": [1, 2]})
    store.command("INSERT INTO casestream.numbers (n) VALUES (2 + 2)")
    assert store.query("SELECT groupArray(n) FROM (SELECT n FROM casestream.numbers ORDER BY n)", {}) == [([1, 2, 4],)]


def test_rows_that_a_view_fails_on_are_refused(store: Store, numbers: str) -> None:
    store.command("CREATE MATERIALIZED VIEW casestream.numbers_seen ENGINE = MergeTree ORDER BY n AS "
                  "SELECT throwIf(n = 3, 'three') + n AS n FROM casestream.numbers")  # fmt: skip
    try:
        with pytest.raises(StoreRefused, match="three"):
            store.insert(numbers, {"n": [3]})
    finally:
        store.command("DROP VIEW casestream.numbers_seen")


def test_too_many_parts_are_waited_for(store: Store) -> None:
    store.command("CREATE TABLE casestream.crowded (n UInt64) ENGINE = MergeTree ORDER BY n "
                  "SETTINGS parts_to_throw_insert = 1, parts_to_delay_insert = 1")  # fmt: skip
    try:
        store.command("SYSTEM STOP MERGES casestream.crowded")
        store.insert("crowded", {"n": [1]})
        with pytest.raises(StoreUnavailable):
            store.insert("crowded", {"n": [2]})
        assert store.query("SELECT count() FROM casestream.crowded", {}) == [(1,)]
    finally:
        store.command("DROP TABLE casestream.crowded")
