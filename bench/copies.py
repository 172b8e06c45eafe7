"""A history in the tables made many times as large, by SQL: each copy has cases, people and records of its own.

A million cases through the agents take half an hour; their copies take a minute, and what a statement reads is as long
and as scattered: the ids of copies are hashes, so they lie between those of the history and not behind them.
"""

from clickhouse.store import Store
from schemas.tables import TABLES

_TABLES = (*(TABLES.keys() - {"prison_capacity", "court_sessions"}), "case_members", "people", "people_members",
    "people_records", "people_sources", "records")
"""Not the prisons and court rooms: the same ones hold all copies."""
_OWN = ("_id", "_key", "_record")
"""How the columns end that name a thing of one copy."""


def multiply(store: Store, times: int) -> None:
    """Make the case tables, the records, the people and the events `times` as many. Raises StoreError."""
    if times < 2:
        return
    rows = store.query(
        "SELECT table, name, type FROM system.columns WHERE database = 'casestream' AND default_kind != 'MATERIALIZED'"
        " ORDER BY table, position", {}
    )
    columns: dict[str, list[tuple[str, str]]] = {}
    for table, name, kind in rows:
        columns.setdefault(str(table), []).append((str(name), str(kind)))
    for table in _TABLES:
        own = {name: _hashed(name) for name, kind in columns[table] if kind == "String" and name.endswith(_OWN)}
        _copy(store, table, {name: own.get(name, name) for name, _ in columns[table]}, times)
    # the bodies are not read by any statement that is measured
    other = {"offset": "offset + copy * 1000000000", "body": "''"}
    _copy(store, "events", {name: other.get(name, name) for name, _ in columns["events"]}, times)


def _copy(store: Store, table: str, columns: dict[str, str], times: int) -> None:
    store.command(
        f"INSERT INTO casestream.{table} ({', '.join(columns)}) SELECT {', '.join(columns.values())}"
        f" FROM casestream.{table} ARRAY JOIN range(1, {times}) AS copy"
    )


def _hashed(name: str) -> str:
    digest = f"lower(substring(hex(sipHash128({name}, copy)), 1, 24))"
    return f"if({name} = '', '', concat(substring({name}, 1, 1), {digest}))"
