"""The store: inserts by column, look-ups over many keys, and errors that say whether to try again."""

from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from clickhouse.migrate import MigrationChangedError, apply, migrations, status
from clickhouse.store import Endpoint, Store, StoreRefused, StoreUnavailable

pytestmark = pytest.mark.integration


@pytest.fixture
def things(store: Store) -> str:
    store.command("DROP TABLE IF EXISTS casestream.things")
    store.command(
        "CREATE TABLE casestream.things (id String, n UInt64, word LowCardinality(String),"
        " at Nullable(DateTime64(3, 'UTC')), precise DateTime64(6, 'UTC'), day Nullable(Date32),"
        " words Array(LowCardinality(String)), share Nullable(Float64),"
        " absent String DEFAULT 'none') ENGINE = MergeTree ORDER BY id"
    )
    return "things"


def test_columns_of_every_type_come_back_as_they_went(store: Store, things: str) -> None:
    store.insert(
        things,
        {
            "id": ["a", "b"], "n": [1, 2**64 - 1], "word": ["x", ""], "at": [1_700_000_000_123, None],
            "precise": [datetime(2025, 1, 1, tzinfo=UTC), datetime(1999, 1, 1, 1, 2, 3, 456789, tzinfo=UTC)],
            "day": [20_000, None], "words": [("p", "q"), ()], "share": [0.5, None],
        },
    )  # fmt: skip
    found = store.query(f"SELECT * FROM casestream.{things} ORDER BY id", {})
    assert found[0][:4] == ("a", 1, "x", datetime(2023, 11, 14, 22, 13, 20, 123000))  # noqa: DTZ001 (UTC, told without)
    assert found[0][5:] == (date(2024, 10, 4), ["p", "q"], 0.5, "none")
    assert found[1][1] == 2**64 - 1
    assert found[1][3] is None
    assert found[1][4] == datetime(1999, 1, 1, 1, 2, 3, 456789)  # noqa: DTZ001


def test_days_and_instants_beyond_the_range_of_the_types_are_put_at_its_ends(store: Store, things: str) -> None:
    """One value that ClickHouse cannot hold must not have an insert refused, and repeated, for ever."""
    zero, never = datetime(1, 1, 1, tzinfo=UTC), datetime(9999, 12, 31, tzinfo=UTC)
    days = [(moment - datetime(1970, 1, 1, tzinfo=UTC)).days for moment in (zero, never)]
    store.insert(things, {
        "id": ["a", "b", "c"], "n": [1, 2, 3], "at": [days[0] * 86_400_000, days[1] * 86_400_000, None],
        "precise": [zero, never, datetime(2025, 1, 1, tzinfo=UTC)],
        "day": [*days, None],
    })  # fmt: skip
    found = store.query(
        f"SELECT toString(at), toString(precise), toString(day) FROM casestream.{things} ORDER BY id", {}
    )
    assert found == [
        ("1900-01-01 00:00:00.000", "1900-01-01 00:00:00.000000", "1900-01-01"),
        ("2299-12-31 23:59:59.999", "2299-12-31 23:59:59.999999", "2299-12-31"),
        (None, "2025-01-01 00:00:00.000000", None),
    ]


def test_a_lookup_takes_many_keys(store: Store, things: str) -> None:
    store.insert(things, {"id": [f"k{n}" for n in range(5_000)], "n": list(range(5_000))})
    by_text = store.lookup(
        f"SELECT id, n FROM casestream.{things} WHERE id IN {{keys:Array(String)}} AND n < {{below:UInt64}}",
        [f"k{n}" for n in range(0, 5_000, 2)], {"below": 1_000},
    )  # fmt: skip
    assert len(by_text["id"]) == 500
    assert set(by_text["id"]) == {f"k{n}" for n in range(0, 1_000, 2)}
    by_number = store.lookup(
        f"SELECT n FROM casestream.{things} WHERE n IN {{keys:Array(UInt64)}}", list(range(20_000)), {}
    )
    assert len(by_number["n"]) == 5_000


def test_a_lookup_refuses_what_is_no_key(store: Store, things: str) -> None:
    with pytest.raises(ValueError, match="no key"):
        store.lookup("SELECT {keys:Array(String)}", ["x') OR 1 --"], {})


def test_batches_read_any_number_of_rows(store: Store) -> None:
    assert sum(len(batch) for batch in store.batches("SELECT number FROM numbers(300000)")) == 300_000


def test_a_refused_statement_is_told_from_an_absent_server(store: Store) -> None:
    with pytest.raises(StoreRefused) as refused:
        store.query("SELECT * FROM casestream.absent", {})
    assert refused.value.code == 60
    with pytest.raises(StoreUnavailable):
        Store.connect(Endpoint(port=1))


def test_migrations_are_applied_once_and_in_order(store: Store, tmp_path: Path) -> None:
    assert all(one.applied for one in status(store))
    assert apply(store) == []
    (tmp_path / "9001_first.sql").write_text(
        "-- a comment; with a semicolon\n"
        "CREATE TABLE IF NOT EXISTS casestream.made (n UInt8) ENGINE = MergeTree ORDER BY n;\n"
        "INSERT INTO casestream.made VALUES (1);\n"
    )
    (tmp_path / "9002_second.sql").write_text("INSERT INTO casestream.made VALUES (2);\n")
    assert [one.name for one in apply(store, tmp_path)] == ["first", "second"]
    assert apply(store, tmp_path) == []
    assert store.query("SELECT sum(n) FROM casestream.made", {}) == [(3,)]


def test_a_changed_migration_is_named(store: Store, tmp_path: Path) -> None:
    file = tmp_path / "9101_changed.sql"
    file.write_text("SELECT 1;\n")
    apply(store, tmp_path)
    file.write_text("SELECT 2;\n")
    with pytest.raises(MigrationChangedError, match="9101_changed"):
        apply(store, tmp_path)


def test_where_each_migration_stands(store: Store, tmp_path: Path) -> None:
    for number, name in ((9201, "applied"), (9202, "changed"), (9203, "newer")):
        (tmp_path / f"{number}_{name}.sql").write_text("SELECT 1;\n")
    apply(store, tmp_path)
    (tmp_path / "9202_changed.sql").write_text("SELECT 2;\n")
    (tmp_path / "9203_newer.sql").unlink()
    (tmp_path / "9200_pending.sql").write_text("SELECT 1;\n")
    stand = [(one.number, one.name, one.state) for one in status(store, tmp_path) if 9200 <= one.number < 9300]
    assert stand == [
        (9200, "pending", "pending"), (9201, "applied", "applied"), (9202, "changed", "changed"),
        (9203, "newer", "not here"),
    ]  # fmt: skip


def test_the_projects_migrations_are_numbered_without_gaps() -> None:
    numbers = [one.number for one in migrations()]
    assert numbers == list(range(1, len(numbers) + 1))
