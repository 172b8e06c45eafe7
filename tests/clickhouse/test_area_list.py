"""The tables of forces and areas say what the list says, and nothing else. On the real engine."""

import pytest

from clickhouse.area_list import write_areas
from clickhouse.migrate import migrations
from clickhouse.store import Store
from schemas.areas import BELONGINGS, FORCES, areas_of

pytestmark = pytest.mark.integration


def test_the_tables_agree_with_the_list(store: Store) -> None:
    rows = store.query("SELECT force, name, gss, board, region FROM casestream.forces FINAL ORDER BY force", {})
    assert rows == [
        (one.number, one.name, one.gss, *(next(iter(areas_of(one.number, role)), "") for role in ("board", "region")))
        for one in FORCES.values()
    ]
    held = store.query("SELECT force, role, area FROM casestream.areas FINAL", {})
    assert sorted(map(str, held)) == sorted(str((one.force, one.role, one.area)) for one in BELONGINGS)


def test_a_force_is_one_row_also_for_boards_that_read_without_final(store: Store) -> None:
    store.insert("forces", {"force": ["20"], "name": ["Elsewhere"]})
    write_areas(store)
    assert store.query("SELECT count(), uniqExact(force) FROM casestream.forces", {}) == [(len(FORCES), len(FORCES))]


def test_the_first_list_of_the_migrations_agrees_too() -> None:
    (text,) = [one.text for one in migrations() if one.number == 4]
    for one in FORCES.values():
        board, region = (next(iter(areas_of(one.number, role)), "") for role in ("board", "region"))
        assert f"('{one.number}', '{one.name}', '{board}', '{region}')" in text


def test_a_repeat_writes_nothing_and_what_differs_is_put_right(store: Store) -> None:
    assert not write_areas(store)
    store.insert("forces", {"force": ["20"], "name": ["Elsewhere"]})
    wrong = {"force": ["20"], "role": ["board"], "area": ["Elsewhere"], "valid_from": [0], "valid_to": [None]}
    store.insert("areas", {**wrong, "version": [10], "is_deleted": [0]})
    assert write_areas(store)
    assert store.query("SELECT name FROM casestream.forces FINAL WHERE force = '20'", {}) == [("West Midlands",)]
    assert store.query("SELECT count() FROM casestream.areas FINAL WHERE area = 'Elsewhere'", {}) == [(0,)]
    assert not write_areas(store)


def test_todays_areas_of_a_force_are_one_row(store: Store) -> None:
    sql = "SELECT boards, cps_areas, court_regions FROM casestream.v_force_areas WHERE force = {force:String}"
    assert store.query(sql, {"force": "01"}) == [(["London"], ["London North", "London South"], ["London"])]
    assert store.query(sql, {"force": "93"}) == [([], ["West Midlands"], [])]
