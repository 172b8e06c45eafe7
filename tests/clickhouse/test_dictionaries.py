"""The lists as dictionaries: what a code means on a day, in which version; and who may ask. On the real engine."""

from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from clickhouse.migrate import apply
from clickhouse.reference_lists import load
from clickhouse.store import Endpoint, Store
from clickhouse.tables import BOARD_TABLES, DICTIONARIES
from processors.list_entries import ListEntry
from processors.reference_lists import read_list
from schemas.areas import FORCES
from schemas.codes import ETHNICITIES_SELF
from tests.clickhouse.talk import Talk
from tests.conftest import start_clickhouse

pytestmark = pytest.mark.integration


@pytest.fixture
def board(store: object, clickhouse_endpoint: Endpoint) -> Talk:
    return Talk(clickhouse_endpoint, user="board", database="casestream")


def prisons(**names: str) -> list[ListEntry]:
    return read_list("prisons", "prison_id,name\n" + "".join(f"{code},{name}\n" for code, name in names.items()))


def told(store: Store, code: str, day: str) -> tuple[object, ...]:
    asked = f"'casestream.dict_reference', 'name', ('prisons', '{code}', toUInt16(0)), toDate32('{day}')"
    version = asked.replace("'name'", "'version'")
    ((name, at),) = store.query(f"SELECT dictGetOrDefault({asked}, '-'), dictGet({version})", {})
    return name, at


def test_a_code_means_what_the_list_said_on_the_day(tables: Store) -> None:
    load(tables, "prisons", prisons(ABC="Old", DEF="Gone"), date(2024, 1, 1))
    load(tables, "prisons", prisons(ABC="New"), date(2025, 6, 1))
    assert told(tables, "ABC", "2023-12-31") == ("-", 0)
    assert told(tables, "ABC", "2024-01-01") == ("Old", 1)
    assert told(tables, "ABC", "2025-05-31") == ("Old", 1)
    assert told(tables, "ABC", "2025-06-01") == ("New", 2)
    assert told(tables, "DEF", "2025-05-31") == ("Gone", 1)
    assert told(tables, "DEF", "2025-06-01") == ("-", 0)


def test_of_two_loads_from_one_day_the_later_counts(tables: Store) -> None:
    load(tables, "prisons", prisons(ABC="First", DEF="First"), date(2024, 1, 1))
    load(tables, "prisons", prisons(ABC="Second"), date(2024, 1, 1))
    assert told(tables, "ABC", "2024-01-01") == ("Second", 2)
    assert told(tables, "DEF", "2024-01-01") == ("-", 0)


def test_an_older_load_that_comes_late_ends_where_the_newer_begins(tables: Store) -> None:
    load(tables, "prisons", prisons(ABC="New"), date(2025, 1, 1))
    load(tables, "prisons", prisons(ABC="Old"), date(2024, 1, 1))
    assert told(tables, "ABC", "2024-12-31") == ("Old", 2)
    assert told(tables, "ABC", "2025-01-01") == ("New", 1)


def test_today_the_dictionary_is_the_view(tables: Store) -> None:
    load(tables, "prisons", prisons(ABC="Old", DEF="Gone"), date(2024, 1, 1))
    load(tables, "prisons", prisons(ABC="New"), datetime.now(UTC).date())
    load(tables, "population", read_list("population", "force,year,population\n42,2023,1900000\n"), date(2024, 1, 1))
    sql = "SELECT list, code, year, name FROM {} ORDER BY ALL"
    today = "casestream.dict_reference WHERE today() BETWEEN valid_from AND valid_to"
    assert tables.query(sql.format(today), {}) == tables.query(sql.format("casestream.v_reference"), {})


def test_forces_and_ethnicities_are_those_of_the_lists(tables: Store) -> None:
    for number, force in FORCES.items():
        sql = f"SELECT dictGet('casestream.dict_forces', ('name', 'gss', 'official_name'), '{number}')"
        assert tables.query(sql, {}) == [({"name": force.name, "gss": force.gss, "official_name": force.official},)]
    for code, one in ETHNICITIES_SELF.items():
        sql = f"SELECT dictGet('casestream.dict_ethnicities', 'ethnic_group', ('self', '{code}'))"
        assert tables.query(sql, {}) == [(one.group,)]


def test_a_force_has_all_its_areas_of_a_role_on_a_day(tables: Store) -> None:
    asked = "dictGet('casestream.dict_areas', 'areas', ('{}', '{}'), toDate32('2025-01-01'))"
    assert tables.query(f"SELECT {asked.format('01', 'cps')}", {}) == [(["London North", "London South"],)]
    assert tables.query(f"SELECT {asked.format('42', 'board')}", {}) == [(["Essex"],)]
    assert tables.query(f"SELECT {asked.format('99', 'board')}", {}) == [([],)]


def test_readers_look_codes_up(board: Talk) -> None:
    for asked, found in (
        ("dictGet('casestream.dict_forces', 'name', '42')", "Essex"),
        ("dictGet('casestream.dict_forces', 'name', '42') AS name", "Essex"),
        ("dictGetOrDefault('casestream.dict_forces', 'name', '00', '?')", "?"),
        ("dictGetOrNull('casestream.dict_forces', 'name', '00')", "\\N"),
        ("dictHas('casestream.dict_ethnicities', ('self', 'W1'))", "1"),
        ("dictGet('casestream.dict_areas', 'areas', ('42', 'board'), today())", "['Essex']"),
    ):
        reply = board(f"SELECT {asked}")
        assert (reply.status, reply.text) == (200, f"{found}\n"), (asked, reply.text)


@pytest.mark.parametrize(
    "attack",
    [
        "SELECT dictGet('casestream.other', 'body', 1)",
        "SELECT dictHas('other', 1)",
        "SELECT dictGet('dict_forces', 'name', '42')",
        "SELECT dictGet('default.dict_forces', 'name', '42')",
        "SELECT dictGet(casestream.dict_forces, 'name', '42')",
        "SELECT dictGet(dict_forces, 'name', '42')",
        "SELECT dictGet(concat('casestream.', 'other'), 'body', 1)",
        "SELECT dictGet('casestream.dict_forces' || '', 'name', '42')",
        "WITH 'casestream.other' AS own SELECT dictGet(own, 'body', 1)",
        "SELECT dictGet('casestream.dict_forces, casestream.other', 'body', 1)",
        "SELECT dictGet('casestream.dict\\_forces', 'name', '42')",
        "SELECT dictGet('casestream.dict_forces\\'', 'name', '42')",
        "SELECT dictGet('CASESTREAM.dict_forces', 'name', '42')",
        "SELECT dictGet(materialize('casestream.dict_forces'), 'name', '42')",
        "SELECT dictGet({name:String}, 'name', '42')",
        "SELECT dictGetAll('casestream.dict_forces', 'name', '42')",
        "SELECT dictGetHierarchy('casestream.dict_forces', '42')",
        "SELECT dictIsIn('casestream.dict_forces', '42', '42')",
        "SELECT dictGet()",
        "SELECT (1 AS dictGet, dictGet('casestream.other', 'body', 1))",
        "SELECT arrayMap(x -> dictGet('casestream.other', 'body', x), [1])",
        "SELECT * FROM dictionary('casestream.dict_forces')",
        "SELECT * FROM casestream.dict_forces",
        "SELECT * FROM system.dictionaries",
        "SYSTEM RELOAD DICTIONARY casestream.dict_forces",
    ],
)
def test_readers_reach_no_other_dictionary_and_ours_in_no_other_way(
    board: Talk, tables: Store, clickhouse_endpoint: Endpoint, attack: str
) -> None:
    tables.command(
        "CREATE OR REPLACE DICTIONARY casestream.other (id UInt64, body String) PRIMARY KEY id"
        " SOURCE(CLICKHOUSE(QUERY 'SELECT 1 AS id, ''told to nobody'' AS body')) LAYOUT(FLAT()) LIFETIME(0)"
    )
    try:
        assert tables.query("SELECT dictGet('casestream.other', 'body', 1)", {}) == [("told to nobody",)]
        reply = board(attack, param_name="casestream.other")
        assert reply.status != 200, reply.text
        assert "told to nobody" not in reply.text
    finally:
        tables.command("DROP DICTIONARY casestream.other")


def test_a_dictionary_of_the_user_of_dictionaries_reads_the_lists_alone(tables: Store) -> None:
    made = (
        "CREATE OR REPLACE DICTIONARY casestream.other (case_id String, version UInt64) PRIMARY KEY case_id"
        " SOURCE(CLICKHOUSE(USER 'dictionaries' QUERY 'SELECT case_id, version FROM casestream.{}'))"
        " LAYOUT(COMPLEX_KEY_HASHED()) LIFETIME(0)"
    )
    for table in ("cases", "people", "record_states"):
        tables.command(made.format(table))
        try:
            with pytest.raises(Exception, match=r"(?i)not enough privileges|access"):
                tables.query("SELECT dictHas('casestream.other', 'a')", {})
        finally:
            tables.command("DROP DICTIONARY casestream.other")


def test_dictionaries_are_told_apart_from_tables() -> None:
    assert not DICTIONARIES & BOARD_TABLES


def test_dictionaries_stay_over_a_restart(tmp_path: Path) -> None:
    for prison in ("Abc", "Def"):
        process, port = start_clickhouse(tmp_path)
        try:
            store = Store.connect(Endpoint(port=port))
            apply(store)
            asked = "SELECT dictGet('casestream.dict_forces', 'name', '42'), count() FROM casestream.dict_reference"
            assert store.query(asked, {}) == [("Essex", 0 if prison == "Abc" else 1)]
            load(store, "prisons", prisons(ABC=prison), date(2024, 1, 1 if prison == "Abc" else 2))
            store.close()
        finally:
            process.kill()
            process.wait(20)
