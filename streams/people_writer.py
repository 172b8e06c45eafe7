"""Rows of people linking -> the tables: the agent's own memory first, then what readers see."""

from clickhouse.store import Store
from streams.chunks import Step
from streams.inserting import Inserts
from streams.people_rows import MEMORY, READERS, PeopleRows
from streams.people_store import PeopleStore


class PeopleWriter:
    """Writes into several tables at once; what exists from now on is told to the look-ups."""

    def __init__(self, store: Store, known: PeopleStore, on_step: Step) -> None:
        self._known = known
        self._on_step = on_step
        self._inserts = Inserts(store, "people")

    def write(self, rows: PeopleRows, doing: str) -> None:
        """Write rows; the steps are called `doing`.memory and `doing`.rows. Raises StoreError."""
        self._known.known_ids.add(rows.ids)
        self._known.known_keys.add(rows.key_hashes)
        for tables, step in ((MEMORY, "memory"), (READERS, "rows")):
            self._inserts.together((table, rows.columns(table)) for table in tables)
            self._on_step(f"{doing}.{step}")
