"""The row types and the migrations say the same columns; the reader views say the same without version."""

from pathlib import Path

import pytest
import sqlglot
from sqlglot import exp

from schemas.tables import TABLES

MIGRATIONS = Path(__file__).resolve().parents[2] / "clickhouse" / "migrations"


def plain(text: str) -> str:
    return "".join(text.split()).lower()


@pytest.fixture(scope="module")
def statements() -> list[exp.Expression]:
    """What all migrations say, in their order."""
    paths = sorted(MIGRATIONS.glob("*.sql"))
    return [one for path in paths for one in sqlglot.parse(path.read_text(), dialect="clickhouse") if one is not None]


@pytest.fixture(scope="module")
def created() -> dict[str, exp.Create]:
    of_cases = ("0002_case_tables.sql", "0026_case_agencies.sql")
    sql = "\n".join((MIGRATIONS / name).read_text() for name in of_cases)
    made = [
        one for one in sqlglot.parse(sql, dialect="clickhouse") if isinstance(one, exp.Create) and one.kind == "TABLE"
    ]
    return {one.this.this.name: one for one in made}


@pytest.fixture(scope="module")
def columns(created: dict[str, exp.Create], statements: list[exp.Expression]) -> dict[str, list[tuple[str, str]]]:
    """The columns of the serving tables, those included that a later migration put in after another."""
    found = {
        name: [(one.name, plain(one.kind.sql(dialect="clickhouse"))) for one in create.this.expressions]
        for name, create in created.items()
    }
    for one in statements:
        if isinstance(one, exp.Alter) and one.this.name in found:
            for added in one.args["actions"]:
                held = found[one.this.name]
                after = added.args["position"].this.name
                at = next(index for index, (name, _) in enumerate(held) if name == after)
                held.insert(at + 1, (added.name, plain(added.kind.sql(dialect="clickhouse"))))
    return found


def test_every_table_is_created_and_no_other(created: dict[str, exp.Create]) -> None:
    assert list(created) == list(TABLES)


@pytest.mark.parametrize("name", TABLES)
def test_columns_are_those_of_the_row_type(columns: dict[str, list[tuple[str, str]]], name: str) -> None:
    expected = [(column.name, plain(column.type)) for column in TABLES[name].columns]
    assert columns[name] == [*expected, ("version", "uint64"), ("is_deleted", "uint8")]


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


def test_views_show_every_column_but_version(statements: list[exp.Expression]) -> None:
    views = {
        one.this.name: [column.name for column in one.expression.expressions]
        for one in statements if isinstance(one, exp.Create) and one.this.name.startswith("v_")
        and one.this.name.removeprefix("v_") in TABLES
    }
    assert views == {f"v_{name}": [column.name for column in table.columns] for name, table in TABLES.items()}


def test_no_column_holds_a_persons_details_or_a_machines_clock() -> None:
    forbidden = ("name", "born", "address", "postcode", "urn", "asn", "pnc", "received_by", "arrival")
    for table in TABLES.values():
        for column in table.columns:
            assert column.name == "court_name" or not any(column.name.startswith(word) for word in forbidden)
