"""Fences between the projectors of a partition: who may write, and how far others may have written.

A projector takes a token when it first gets a run of a partition, and before each chunk says up to which offset it is
going to write; then it looks whether a later token is there. If so it was replaced, and writes nothing. Its successor
took the later token first and read the offsets afterwards. So one of the two always sees the other: either the old
one stops, or the new one knows the offset.
"""

from collections.abc import Mapping
from uuid import uuid4

from clickhouse.queries import read
from clickhouse.store import Store
from streams.chunks import GivenUpError


class Fence:
    """The tokens of one assignment."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._owner = uuid4().hex
        self._tokens: dict[int, int] = {}
        self._others_end: dict[int, int] = {}

    def enter(self, ends: Mapping[int, int]) -> Mapping[int, int]:
        """Say that the partitions will be written up to their `ends` (the offsets behind the last message). Gives for
        each the offset below which others may have written. GivenUpError when a partition is no longer ours."""
        new = [partition for partition in ends if partition not in self._tokens]
        if new:
            latest = self._latest(new)
            for partition in new:
                self._tokens[partition] = latest.get(partition, (0, ""))[0] + 1
            self._write(dict.fromkeys(new, 0))
            for partition, token, owner, end in self._rows(new):
                if (token, owner) < (self._tokens[partition], self._owner):
                    self._others_end[partition] = max(self._others_end.get(partition, 0), end)
        self._write(ends)
        for partition, (token, owner) in self._latest(list(ends)).items():
            if (token, owner) > (self._tokens[partition], self._owner):
                raise GivenUpError(f"partition {partition} of cases is projected by another worker now")
        return {partition: self._others_end.get(partition, 0) for partition in ends}

    def failed(self, ends: Mapping[int, int]) -> None:
        """A chunk failed that may have written up to these offsets: a repeat may have other borders, so to itself this
        projector is one of the others."""
        for partition, end in ends.items():
            self._others_end[partition] = max(self._others_end.get(partition, 0), end)

    def _write(self, ends: Mapping[int, int]) -> None:
        self._store.insert(
            "projector_fences",
            {
                "partition": list(ends),
                "token": [self._tokens[partition] for partition in ends],
                "owner": [self._owner] * len(ends),
                "end": list(ends.values()),
            },
        )

    def _rows(self, partitions: list[int]) -> list[tuple[int, int, str, int]]:
        found = self._store.query(read("projector_fences"), {"partitions": partitions})
        return [
            (int(str(partition)), int(str(token)), str(owner), int(str(end))) for partition, token, owner, end in found
        ]

    def _latest(self, partitions: list[int]) -> dict[int, tuple[int, str]]:
        latest: dict[int, tuple[int, str]] = {}
        for partition, token, owner, _end in self._rows(partitions):
            latest[partition] = max(latest.get(partition, (0, "")), (token, owner))
        return latest
