"""An instance that linked people before there were scorings: its persons stand as those of scoring 0."""

import shutil
from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path

import pytest

from clickhouse.migrate import apply, migrations
from clickhouse.store import Endpoint, Store
from processors.people.clustering import Entry
from streams.people_model import standing
from streams.people_store import ENTRY_ENCODER, PeopleStore
from tests.conftest import start_clickhouse

pytestmark = pytest.mark.integration

ENTRY = Entry(person_id="p1")


@pytest.fixture
def before(tmp_path: Path) -> Iterator[Store]:
    """Tables as they were, with a person."""
    process, port = start_clickhouse(tmp_path / "data")
    store = Store.connect(Endpoint(port=port))
    folder = tmp_path / "migrations"
    folder.mkdir()
    for file in sorted(Path(str(files("clickhouse") / "migrations")).glob("*.sql")):
        if file.name < "0022":
            shutil.copy(file, folder)
    apply(store, folder)
    version = 1 << 44
    member = {
        "person_record_id": ["i1"], "person_id": ["p1"], "merged": [0], "ground": [""], "with_record": [""],
        "match_weight": [None], "model": ["standard-1"], "snapshot": ["none"], "version": [version], "is_deleted": [0],
    }  # fmt: skip
    person = {
        "person_id": ["p1"], "side": ["accused"], "status": ["active"], "attention": [[]], "records": [1],
        "merged": [0], "several": [[]], "version": [version], "is_deleted": [0],
    }  # fmt: skip
    store.insert("people_members", member)
    store.insert("people", person)
    store.insert("people_entries", {"id": ["i1"], "version": [version], "state": [ENTRY_ENCODER.encode(ENTRY)]})
    store.insert("people_progress", {"done": [version]})
    try:
        yield store
    finally:
        store.close()
        process.terminate()
        process.wait(20)


def test_what_was_linked_before_is_of_scoring_0_after_the_migration(before: Store) -> None:
    apply(before)
    assert standing(before) == (0, 1 << 44)
    assert before.query("SELECT person_record_id, person_id FROM casestream.v_people_of_records", {}) == [("i1", "p1")]
    assert before.query("SELECT person_id, records FROM casestream.v_people", {}) == [("p1", 1)]
    known = PeopleStore(before)
    known.below = (1 << 44) + 1
    assert known.entries(["i1"]) == {"i1": ENTRY}


def test_a_migration_that_failed_half_way_is_applied_again(before: Store) -> None:
    for _time in range(2):
        for migration in migrations():
            if migration.number in (22, 23):
                for statement in migration.statements():
                    before.command(statement)
    assert standing(before) == (0, 1 << 44)
