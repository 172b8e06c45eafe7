"""The lists as ClickHouse dictionaries (migrations 0024, 0028): how they are told that a list changed."""

from typing import Literal

from clickhouse.store import Store

Dictionary = Literal["dict_areas", "dict_ethnicities", "dict_forces", "dict_places", "dict_reference"]


def read_anew(store: Store, *names: Dictionary) -> None:
    """Have dictionaries read their tables again, now. Raises StoreError."""
    for name in names:
        store.command(f"SYSTEM RELOAD DICTIONARY casestream.{name}")
