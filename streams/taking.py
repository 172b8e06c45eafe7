"""Runs of a partition, bounded in records and bytes, out of what aiokafka has fetched of it."""

from collections.abc import Iterator
from typing import Any, Final, NamedTuple, Self

from aiokafka.consumer.fetcher import FetchResult

from streams.offsets import Partition, Record

RECORD_OVERHEAD: Final = 64
"""Bytes that a record counts for beside its key and value, so that a run of empty messages is bounded too."""


class Fetched(NamedTuple):
    """What was fetched of one partition: from `start_offset`, with the next fetch at `next_offset`. `full`: no more may
    be added to it."""

    where: Partition
    records: list[Record]
    start_offset: int
    next_offset: int
    size: int
    assignment: int
    full: bool = False


def take(
    result: FetchResult,
    where: Partition,
    assignment: int,
    max_records: int,
    max_bytes: int,
    held: Fetched | None = None,
) -> Fetched | None:
    """Take one run from what aiokafka has fetched of a partition, behind what is `held` of it already; None when it is
    not to be used any more.

    As `FetchResult.getall`, but bounded in bytes as well: the run is larger than `max_bytes` only if its one record is.
    """
    if not result.has_more() or not result.check_assignment(where):
        return None
    source = result._partition_records
    start = begin = source.next_fetch_offset
    records: list[Record] = []
    size = 0
    if held is not None and held.assignment == assignment and held.next_offset == begin:
        start, records, size = held.start_offset, held.records, held.size
    for found in source:
        value = found.value or b""
        length = len(value) + len(found.key or b"") + RECORD_OVERHEAD
        if records and (size + length > max_bytes or len(records) >= max_records):
            _put_back(source, found)  # one too many: the next run begins with it
            source.next_fetch_offset = max(records[-1].offset + 1, begin)
            result._update_position()
            return Fetched(where, records, start, source.next_fetch_offset, size, assignment, full=True)
        # aiokafka sets this when it unpacks a record; one that was put back was unpacked before
        source.next_fetch_offset = max(source.next_fetch_offset, found.offset + 1)
        records.append(Record(found.offset, found.key, value, found.timestamp, found.headers))
        size += length
    result._update_position()
    result._partition_records = None
    return Fetched(where, records, start, source.next_fetch_offset, size, assignment)


class _Unpacked:
    """The records that aiokafka unpacks one by one, with room for one that was put back."""

    __slots__ = ("back", "source")

    def __init__(self, source: Iterator[Any]) -> None:
        self.source = source
        self.back: Any = None

    def __iter__(self) -> Self:
        return self

    def __next__(self) -> Any:
        if self.back is not None:
            found, self.back = self.back, None
            return found
        return next(self.source)


def _put_back(source: Any, record: Any) -> None:
    if not isinstance(source._records_iterator, _Unpacked):
        source._records_iterator = _Unpacked(source._records_iterator)
    source._records_iterator.back = record
