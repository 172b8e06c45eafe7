"""Rows into several tables at once."""

from collections.abc import Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor

from clickhouse.store import Store

_AT_ONCE = 4


class Inserts:
    """The inserts of one agent, which threads are named after."""

    def __init__(self, store: Store, agent: str) -> None:
        self._store = store
        self._threads = ThreadPoolExecutor(max_workers=_AT_ONCE, thread_name_prefix=f"{agent}-insert")

    def together(self, tables: Iterable[tuple[str, Mapping[str, Sequence[object]]]]) -> None:
        """Insert into each table its rows, by column; returns when all are durable. A table without columns is left
        out. Raises StoreError."""
        inserts = [self._threads.submit(self._store.insert, table, columns) for table, columns in tables if columns]
        for insert in inserts:
            insert.result()
