"""Which records have which key: candidates of a record by look-up alone."""

from collections.abc import Hashable, Iterable, Iterator
from typing import Final

from processors.people.blocking.rules import KeyRole

_OTHER: Final[dict[KeyRole, KeyRole]] = {"both": "both", "l": "r", "r": "l"}

Entry = tuple[Hashable, KeyRole]
"""A key, and what a record may be under it."""


class BlockingIndex:
    """The records of each key. A key on more than `limit` records says nothing of who is who and is held out; it counts
    again when it falls below. Whether two records are candidates depends on the records held now, and is the same from
    either side."""

    def __init__(self, limit: int) -> None:
        self._limit = limit
        self._records: dict[Hashable, dict[KeyRole, set[str]]] = {}
        self._crowded: set[Hashable] = set()

    def add(self, record_id: str, entries: Iterable[Entry]) -> None:
        """Put a record under its keys."""
        for key, role in entries:
            self._records.setdefault(key, {}).setdefault(role, set()).add(record_id)
            self._count(key)

    def remove(self, record_id: str, entries: Iterable[Entry]) -> None:
        """Take a record from its keys."""
        for key, role in entries:
            roles = self._records[key]
            roles[role].discard(record_id)
            if not roles[role]:
                del roles[role]
            if not roles:
                del self._records[key]
            self._count(key)

    def held_out(self, key: Hashable) -> bool:
        """Whether a key is on too many records."""
        return key in self._crowded

    def records(self, key: Hashable) -> set[str]:
        """All records under a key."""
        return {record_id for records in self._records.get(key, {}).values() for record_id in records}

    def candidates(self, record_id: str, entries: Iterable[Entry]) -> set[str]:
        """The records to compare one with."""
        found: set[str] = set()
        for records in self._matching(entries):
            found |= records
        found.discard(record_id)
        return found

    def _count(self, key: Hashable) -> None:
        if sum(map(len, self._records.get(key, {}).values())) > self._limit:
            self._crowded.add(key)
        else:
            self._crowded.discard(key)

    def _matching(self, entries: Iterable[Entry]) -> Iterator[set[str]]:
        for key, role in entries:
            records = self._records.get(key, {}).get(_OTHER[role])
            if records and not self.held_out(key):
                yield records
