"""Empty tables for each test; only what a test wrote is emptied behind it, since all of them take seconds."""

from collections.abc import Iterator

import pytest

from clickhouse.store import Store
from tests.measures.counted import Counted
from tests.tables import empty


@pytest.fixture(scope="module")
def emptied(store: Store) -> Store:
    empty(store)
    return store


@pytest.fixture
def counted(emptied: Store) -> Iterator[Counted]:
    tables = Counted(emptied)
    yield tables
    tables.forget()
