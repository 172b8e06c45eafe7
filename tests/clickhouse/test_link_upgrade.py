"""An instance whose link had its memory in large pieces: it keeps every row, and later ones go where they went."""

import shutil
from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path

import pytest

from clickhouse.migrate import apply, migrations
from clickhouse.queries import read
from clickhouse.store import Endpoint, Store
from processors.standardise.identifiers import key_hash
from tests.conftest import start_clickhouse

pytestmark = pytest.mark.integration

FIRST = 1 << 44
IDS = [f"{prefix}{digit:x}{'0' * 23}" for prefix in "rc" for digit in range(16)]
"""In each of the slices that the migration copies."""
VALUES = [f"URN{number}" for number in range(64)]
RECORDS = "SELECT record_id, version, state FROM casestream.link_records FINAL ORDER BY record_id, version"
KEYS = """
SELECT key_hash, record_id, version, present, key_kind, key_value
FROM casestream.link_keys FINAL ORDER BY key_hash, record_id, version
"""


@pytest.fixture
def before(tmp_path: Path) -> Iterator[Store]:
    """Tables as they were, with records of two versions and their identifiers."""
    process, port = start_clickhouse(tmp_path / "data")
    store = Store.connect(Endpoint(port=port))
    folder = tmp_path / "migrations"
    folder.mkdir()
    for file in sorted(Path(str(files("clickhouse") / "migrations")).glob("*.sql")):
        if file.name < "0029":
            shutil.copy(file, folder)
    apply(store, folder)
    write(store, FIRST)
    write(store, FIRST + 5_000_000)
    try:
        yield store
    finally:
        store.close()
        process.terminate()
        process.wait(20)


def write(store: Store, version: int) -> None:
    """Rows as link writes them, under a version."""
    count, many = len(IDS), len(VALUES)
    store.insert(
        "link_records",
        {"record_id": IDS, "version": [version] * count, "state": [f"{one} {version}".encode() for one in IDS]},
    )
    store.insert(
        "link_keys",
        {
            "key_hash": [key_hash("urn", value) for value in VALUES],
            "record_id": [IDS[number % count] for number in range(many)],
            "version": [version] * many, "present": [1] * many, "key_kind": ["urn"] * many, "key_value": VALUES,
        },
    )  # fmt: skip


def run(store: Store, *, first: str = "", until: str = "") -> None:
    """The statements of the migration, from the first that begins with `first` on, to before one that begins with
    `until`."""
    (migration,) = [one for one in migrations() if one.number == 29]
    begun = False
    for statement in migration.statements():
        if until and begun and statement.startswith(until):
            return
        begun = begun or statement.startswith(first)
        if begun:
            store.command(statement)


def carried(store: Store) -> list[tuple[object, ...]]:
    """What readers see of identifiers: how many, and since which version."""
    return store.query("SELECT count(), min(version), max(version) FROM casestream.record_keys FINAL", {})


def test_rows_settings_and_the_readers_view_stand_after_the_migration(before: Store) -> None:
    records, keys = before.query(RECORDS, {}), before.query(KEYS, {})
    apply(before)
    assert len(records) == 2 * len(IDS)
    assert len(keys) == 2 * len(VALUES)
    assert before.query(RECORDS, {}) == records
    assert before.query(KEYS, {}) == keys
    tables = before.query(
        "SELECT name, engine, primary_key, sorting_key, extract(engine_full, 'index_granularity = (\\d+)'),"
        " position(engine_full, 'fsync_after_insert = 1') > 0"
        " FROM system.tables WHERE database = 'casestream' AND name LIKE 'link_%' AND engine LIKE '%MergeTree'"
        " AND name IN ('link_records', 'link_keys', 'link_records_anew', 'link_keys_anew') ORDER BY name", {}
    )  # fmt: skip
    assert tables == [
        ("link_keys", "ReplacingMergeTree", "key_hash", "key_hash, record_id, version", "128", 1),
        ("link_records", "ReplacingMergeTree", "record_id", "record_id, version", "64", 1),
    ]
    later = FIRST + 6_000_000
    write(before, later)
    assert carried(before) == [(len(VALUES), later, later)]
    found = before.lookup(read("link_records_as_of"), IDS, {"below": later})
    assert found["state"] == [f"{one} {later - 1_000_000}".encode() for one in found["record_id"]]
    assert sorted(found["record_id"]) == sorted(IDS)


@pytest.mark.parametrize(
    "until",
    [
        "CREATE TABLE casestream", "EXCHANGE", "EXCHANGE TABLES casestream.link_keys", "CREATE MATERIALIZED",
        "DROP TABLE casestream",
    ],
)  # fmt: skip
def test_a_migration_that_failed_half_way_is_applied_again(before: Store, until: str) -> None:
    """With what a worker wrote before the failure, which is in the old tables alone."""
    during = FIRST + 5_000_001
    run(before, until="DROP VIEW")
    write(before, during)
    if until == "CREATE TABLE casestream":
        run(before, until=until)
    else:
        run(before, first="DROP VIEW", until=until)
    run(before)
    expect(before, [FIRST, FIRST + 5_000_000, during])
    ((granularity,),) = before.query(
        "SELECT extract(engine_full, 'index_granularity = (\\d+)') FROM system.tables"
        " WHERE database = 'casestream' AND name = 'link_records'", {}
    )  # fmt: skip
    assert granularity == "64"


def test_what_workers_write_meanwhile_is_kept(before: Store) -> None:
    during, between = FIRST + 5_000_001, FIRST + 5_000_002
    run(before, until="DROP VIEW")
    write(before, during)
    run(before, first="DROP VIEW", until="CREATE MATERIALIZED")
    write(before, between)
    run(before, first="CREATE MATERIALIZED")
    expect(before, [FIRST, FIRST + 5_000_000, during, between])


def expect(store: Store, versions: list[int]) -> None:
    """All rows of these versions and no others, and the last of them for readers."""
    records, keys = store.query(RECORDS, {}), store.query(KEYS, {})
    assert [(one, at) for one, at, _state in records] == [(one, at) for one in sorted(IDS) for at in versions]
    assert sorted({int(str(row[2])) for row in keys}) == versions
    assert len(keys) == len(versions) * len(VALUES)
    assert carried(store) == [(len(VALUES), versions[-1], versions[-1])]
