"""The list of ethnicities in ClickHouse: written where the table differs from it, so there is one source."""

from clickhouse.store import Store
from schemas.codes import ETHNICITIES_OBSERVED, ETHNICITIES_SELF

_COLUMNS = ("series", "code", "name", "ethnic_group")


def write_ethnicities(store: Store) -> bool:
    """Make `ethnicities` say what `schemas.codes` says; whether anything had to be written. Raises StoreError."""
    wanted = [("self", code, one.name, one.group) for code, one in ETHNICITIES_SELF.items()]
    wanted += [("observed", code, name, "") for code, name in ETHNICITIES_OBSERVED.items()]
    held = set(store.query(f"SELECT {', '.join(_COLUMNS)} FROM casestream.ethnicities FINAL", {}))
    rows = [row for row in wanted if row not in held]
    if rows:
        store.insert("ethnicities", dict(zip(_COLUMNS, map(list, zip(*rows, strict=True)), strict=True)))
        store.command("OPTIMIZE TABLE casestream.ethnicities FINAL")  # boards may read it without FINAL
    return bool(rows)
