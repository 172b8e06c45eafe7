"""Tables for tests that write what all others read."""

from collections.abc import Iterator

import pytest

from clickhouse.store import Store
from tests.tables import empty


@pytest.fixture
def tables(store: Store) -> Iterator[Store]:
    """Without rows before and after."""
    empty(store)
    yield store
    empty(store)
