"""Rows into several tables at once."""

from collections.abc import Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor

import pyarrow as pa

from clickhouse.store import Store

_AT_ONCE = 4

Columns = Mapping[str, Sequence[object]]
Tables = Sequence[tuple[str, pa.Table]]
"""Rows that fit their tables, ready to be inserted."""


class Inserts:
    """The inserts of one agent, which threads are named after."""

    def __init__(self, store: Store, agent: str) -> None:
        self._store = store
        self._threads = ThreadPoolExecutor(max_workers=_AT_ONCE, thread_name_prefix=f"{agent}-insert")

    def together(self, tables: Iterable[tuple[str, Columns]]) -> None:
        """Insert into each table its rows, by column; returns when all are durable. A table without columns is left
        out. Raises StoreError, and UnfitValueError before anything is inserted."""
        self.insert(self.fitted(tables))

    def fitted(self, tables: Iterable[tuple[str, Columns]]) -> Tables:
        """The rows of each table that has any, ready to be inserted. Raises UnfitValueError."""
        made = [
            (table, self._threads.submit(self._store.arrow, table, columns)) for table, columns in tables if columns
        ]
        return [(table, data.result()) for table, data in made]

    def insert(self, tables: Tables) -> None:
        """Insert rows; returns when all are durable. Raises StoreError."""
        inserts = [self._threads.submit(self._store.insert_arrow, table, data) for table, data in tables]
        for insert in inserts:
            insert.result()
