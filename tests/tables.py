"""The tables as readers see them, for comparing one run with another."""

from clickhouse.dictionaries import read_anew
from clickhouse.store import Store
from clickhouse.tables import LINK_TABLES, PEOPLE_TABLES
from schemas.tables import TABLES

READ = (*sorted(TABLES), *sorted(LINK_TABLES - {"case_faults"}), *sorted(PEOPLE_TABLES))
"""Every table that readers use and that depends on the accepted events alone."""


_IN_FORCE = " WHERE scoring = (SELECT max(scoring) FROM casestream.people_progress)"
_NOW = dict.fromkeys(("people", "people_members"), _IN_FORCE)
"""Tables that hold what several scorings of people made."""


def dump(store: Store) -> dict[str, list[tuple[object, ...]]]:
    """The rows of every table without their version, in an order of their own."""
    found = {}
    for table in READ:
        which = _NOW.get(table, "")
        rows = store.query(f"SELECT * EXCEPT (version, scoring) FROM casestream.{table} FINAL{which}", {})
        found[table] = sorted(rows, key=repr)
    return found


def empty(store: Store) -> None:
    """Forget all rows, but not the epochs of topics."""
    written = store.query(
        "SELECT name FROM system.tables WHERE database = 'casestream' AND engine LIKE '%MergeTree'"
        " AND name NOT IN ('topic_epochs', 'schema_migrations', 'forces', 'areas', 'ethnicities', 'places')",
        {},
    )
    for (table,) in written:
        store.command(f"TRUNCATE TABLE casestream.{table}")
    read_anew(store, "dict_reference", "dict_places")
