"""All person records as people linking has them now, with what was decided about each, part by part."""

from collections.abc import Iterator, Mapping
from typing import Final

from clickhouse.store import Store
from processors.people.clustering import Entry
from streams.people_model import Standing
from streams.people_rescoring import slice_of
from streams.people_store import PeopleStore

PARTS: Final = 256
"""The records are read in so many parts, so that no more is held at once."""


def entries_now(store: Store, now: Standing) -> Iterator[Mapping[str, Entry]]:
    """The entries of all person records, as of where people linking stands. Raises StoreError."""
    number, done = now
    known = PeopleStore(store)
    known.scoring = number
    for part in range(1, PARTS + 1):
        yield known.all_entries(done, *slice_of(part, PARTS))
