"""The area that a place lies in: our own lists, and the national ones that go before them. On the real engine."""

from datetime import UTC, date, datetime, timedelta

import pytest

from clickhouse.dictionaries import read_anew
from clickhouse.place_list import OWN_PLACES, write_places
from clickhouse.reference_lists import load
from clickhouse.store import Endpoint, Store
from processors.list_entries import ListEntry
from processors.reference_lists import read_list
from tests.clickhouse.talk import Talk

pytestmark = pytest.mark.integration

DAY = date(2024, 1, 1)


def prisons(**regions: str) -> list[ListEntry]:
    rows = "".join(f"{code},Somewhere,{region}\n" for code, region in regions.items())
    return read_list("prisons", f"prison_id,name,region\n{rows}")


def area(store: Store, name: str, code: str) -> str:
    sql = f"SELECT dictGetOrDefault('casestream.dict_places', 'area', ('{name}', '{code}'), '-')"
    ((found,),) = store.query(sql, {})
    return str(found)


def held(store: Store) -> dict[tuple[object, object], object]:
    return {(row[0], row[1]): row[2] for row in store.query("SELECT list, code, area FROM casestream.places FINAL", {})}


def test_the_table_agrees_with_the_lists(store: Store) -> None:
    assert held(store) == OWN_PLACES
    assert area(store, "prisons", "LEI") == "Yorkshire and The Humber"
    assert area(store, "prisons", "HOI") == "-", "on a border: nothing is guessed"


def test_a_repeat_writes_nothing_and_what_differs_is_put_right(store: Store) -> None:
    assert not write_places(store)
    wrong = {"list": ["prisons", "prisons"], "code": ["LEI", "ZZZ"], "area": ["Elsewhere", "Elsewhere"]}
    store.insert("places", {**wrong, "version": [10, 10], "is_deleted": [0, 0]})
    assert write_places(store)
    assert held(store) == OWN_PLACES
    assert not write_places(store)
    read_anew(store, "dict_places")


def test_what_a_loaded_list_says_of_a_prison_goes_before_ours(tables: Store) -> None:
    load(tables, "prisons", prisons(LEI="", HOI="London", LCI="wales"), DAY)
    assert area(tables, "prisons", "HOI") == "London"
    assert area(tables, "prisons", "LCI") == "Wales"
    assert area(tables, "prisons", "LEI") == "Yorkshire and The Humber", "the list says nothing of it, so ours holds"


def test_a_list_without_the_column_leaves_ours(tables: Store) -> None:
    load(tables, "prisons", read_list("prisons", "prison_id,name\nLEI,Somewhere\n"), DAY)
    assert area(tables, "prisons", "LEI") == "Yorkshire and The Humber"


def test_the_newest_list_that_names_a_prison_counts_once_it_is_valid(tables: Store) -> None:
    load(tables, "prisons", prisons(HOI="London", DWI="London"), DAY)
    load(tables, "prisons", prisons(HOI="South East"), DAY + timedelta(days=30))
    load(tables, "prisons", prisons(HOI="Wales"), datetime.now(UTC).date() + timedelta(days=30))
    assert area(tables, "prisons", "HOI") == "South East"
    assert area(tables, "prisons", "DWI") == "London", "left out since it closed, and it stands where it stood"


def test_of_two_loads_from_one_day_the_later_counts_alone(tables: Store) -> None:
    load(tables, "prisons", prisons(HOI="Wales", DWI="Wales"), DAY)
    load(tables, "prisons", prisons(HOI="London"), DAY)
    assert (area(tables, "prisons", "HOI"), area(tables, "prisons", "DWI")) == ("London", "-")


def test_a_district_of_the_national_list_has_its_force_or_none_alone(tables: Store) -> None:
    assert (area(tables, "postcodes", "LE"), area(tables, "postcodes", "LE1")) == ("33", "-")
    told = "pcds,pfa\nLE1 1AA,E23000021\nLE12 1AA,E23000021\nLE12 1AB,E23000019\n"
    load(tables, "postcodes", read_list("postcodes", told), DAY)
    assert (area(tables, "postcodes", "LE"), area(tables, "postcodes", "LE1")) == ("33", "33")
    assert area(tables, "postcodes", "LE12") == "", "it is there, and in no force alone"
    load(tables, "postcodes", read_list("postcodes", "pcds,pfa\nLE12 1AA,E23000021\n"), DAY + timedelta(days=30))
    assert (area(tables, "postcodes", "LE1"), area(tables, "postcodes", "LE12")) == ("33", "33")


@pytest.mark.parametrize("user", ["board", "analyst"])
def test_readers_get_the_force_where_people_live_and_neither_postcode_nor_district(
    tables: Store, clickhouse_endpoint: Endpoint, user: str
) -> None:
    lived = {"p-one": ["le1 1cc"], "p-two": ["LE1 1CC", "M1 1CC"], "p-three": ["B1 1CC"], "p-four": []}
    tables.insert("people_records", {
        "person_record_id": list(lived), "postcodes": list(lived.values()), "version": [1] * 4, "is_deleted": [0] * 4,
    })  # fmt: skip
    reader = Talk(clickhouse_endpoint, user=user)
    reply = reader("SELECT * FROM casestream.v_people_homes FORMAT TSVWithNames")
    assert (reply.status, reply.text) == (200, "person_record_id\thome_force\np-one\t33\n"), reply.text
    assert reader("SELECT postcodes FROM casestream.people_records").code == 497
    refused = reader("SELECT person_record_id, districts FROM casestream.v_people_homes")
    assert refused.status != 200


def test_readers_look_places_up(store: Store, clickhouse_endpoint: Endpoint) -> None:
    board = Talk(clickhouse_endpoint, user="board")
    reply = board("SELECT dictGet('casestream.dict_places', 'area', ('prisons', 'LEI'))")
    assert (reply.status, reply.text) == (200, "Yorkshire and The Humber\n"), reply.text
