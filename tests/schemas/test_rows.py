"""The row types and the migrations say the same columns; the reader views say the same without version."""

from pathlib import Path

import pytest
import sqlglot
from sqlglot import exp

from schemas.rows import TABLES

MIGRATIONS = Path(__file__).resolve().parents[2] / "clickhouse" / "migrations"


def plain(text: str) -> str:
    return "".join(text.split()).lower()


@pytest.fixture(scope="module")
def created() -> dict[str, exp.Create]:
    sql = (MIGRATIONS / "0002_case_tables.sql").read_text()
    statements = [one for one in sqlglot.parse(sql, dialect="clickhouse") if isinstance(one, exp.Create)]
    return {one.this.this.name: one for one in statements}


def test_every_table_is_created_and_no_other(created: dict[str, exp.Create]) -> None:
    assert list(created) == list(TABLES)


@pytest.mark.parametrize("name", TABLES)
def test_columns_are_those_of_the_row_type(created: dict[str, exp.Create], name: str) -> None:
    columns = [(one.name, plain(one.kind.sql(dialect="clickhouse"))) for one in created[name].this.expressions]
    expected = [(column.name, plain(column.type)) for column in TABLES[name].columns]
    assert columns == [*expected, ("version", "uint64"), ("is_deleted", "uint8")]


@pytest.mark.parametrize("name", TABLES)
def test_rows_are_replaced_by_their_key_and_never_partitioned(created: dict[str, exp.Create], name: str) -> None:
    sql = created[name].sql(dialect="clickhouse")
    assert "ReplacingMergeTree(version, is_deleted)" in sql
    assert "PARTITION BY" not in sql
    assert f"ORDER BY ({', '.join(('case_id', *TABLES[name].key))})" in sql


@pytest.mark.parametrize("name", TABLES)
def test_keys_are_never_null(name: str) -> None:
    types = dict(TABLES[name].columns)
    assert TABLES[name].columns[0].name == "case_id"
    assert not any(types[key].startswith("Nullable") for key in TABLES[name].key)


def test_views_show_every_column_but_version() -> None:
    sql = (MIGRATIONS / "0003_reader_views.sql").read_text()
    views = {
        one.this.name: [column.name for column in one.expression.expressions]
        for one in sqlglot.parse(sql, dialect="clickhouse") if isinstance(one, exp.Create)
    }
    assert views == {f"v_{name}": [column.name for column in table.columns] for name, table in TABLES.items()}


def test_no_column_holds_a_persons_details_or_a_machines_clock() -> None:
    forbidden = ("name", "born", "address", "postcode", "urn", "asn", "pnc", "received_by", "arrival")
    for table in TABLES.values():
        for column in table.columns:
            assert column.name == "court_name" or not any(column.name.startswith(word) for word in forbidden)
