"""Which records have which key: candidates of a record by look-up alone."""

from collections.abc import Hashable, Iterable, Iterator
from typing import Final

from processors.people.blocking.rules import KeyRole

_OTHER: Final[dict[KeyRole, KeyRole]] = {"both": "both", "l": "r", "r": "l"}

Entry = tuple[Hashable, KeyRole]
"""A key, and what a record may be under it."""


def opposite(role: KeyRole) -> KeyRole:
    """What another record must be under a key to be a candidate of one that has this role."""
    return _OTHER[role]


class BlockingIndex:
    """The records of each key. A key on more than `limit` records says nothing of who is who and is held out; it counts
    again when it falls below. Whether two records are candidates depends on the records held now, and is the same from
    either side.

    Keys that were never filled or added to are not at hand: who keeps records elsewhere fills a key before it counts on
    it. A key that loses its last record stays, empty."""

    def __init__(self, limit: int) -> None:
        self._limit = limit
        self._records: dict[Hashable, set[tuple[str, KeyRole]]] = {}

    def __len__(self) -> int:
        return len(self._records)

    def absent(self, keys: Iterable[Hashable]) -> list[Hashable]:
        """Those of some keys that are not at hand."""
        return [key for key in keys if key not in self._records]

    def fill(self, key: Hashable, carriers: Iterable[tuple[str, KeyRole]]) -> None:
        """All records of a key that was not at hand."""
        self._records[key] = set(carriers)

    def forget(self, most: int) -> None:
        """Forget the keys that were met first, so that at most so many are at hand. Not between the steps of a
        chunk: what was changed there is nowhere else yet."""
        for key in list(self._records)[: max(0, len(self._records) - most)]:
            del self._records[key]

    def add(self, record_id: str, entries: Iterable[Entry]) -> None:
        """Put a record under its keys."""
        for key, role in entries:
            self._records.setdefault(key, set()).add((record_id, role))

    def remove(self, record_id: str, entries: Iterable[Entry]) -> None:
        """Take a record from its keys."""
        for key, role in entries:
            self._records[key].discard((record_id, role))

    def held_out(self, key: Hashable) -> bool:
        """Whether a key is on too many records."""
        return len(self._records.get(key, ())) > self._limit

    def records(self, key: Hashable) -> set[str]:
        """All records under a key."""
        return {record_id for record_id, _role in self._records.get(key, ())}

    def candidates(self, record_id: str, entries: Iterable[Entry]) -> set[str]:
        """The records to compare one with."""
        found = set(self._matching(entries))
        found.discard(record_id)
        return found

    def _matching(self, entries: Iterable[Entry]) -> Iterator[str]:
        for key, role in entries:
            records = self._records.get(key, ())
            if len(records) <= self._limit:
                wanted = opposite(role)
                for other, other_role in records:
                    if other_role == wanted:
                        yield other
