"""What every agent does with a chunk, whatever it holds: steps that tests can break, retries that never give up a
place, and what may be remembered."""

import logging
import time
from collections import OrderedDict
from collections.abc import Callable, Hashable, Iterator, Sequence
from typing import Generic, Protocol, TypeVar

from confluent_kafka import KafkaException

from clickhouse.store import StoreUnavailable
from streams.producer import DeliveryFailed, is_away

logger = logging.getLogger(__name__)

Step = Callable[[str], None]
"""Called with a step's name after it was done; tests raise in it, production does nothing."""


def no_step(name: str) -> None:
    """The step hook of production."""


class Message(Protocol):
    """One message of Kafka."""

    @property
    def offset(self) -> int: ...
    @property
    def value(self) -> bytes: ...
    @property
    def timestamp(self) -> int: ...
    @property
    def headers(self) -> Sequence[tuple[str, bytes]]: ...


class Run(Protocol):
    """A fetched run of one partition (see streams.transport)."""

    @property
    def topic(self) -> str: ...
    @property
    def partition(self) -> int: ...
    @property
    def first_offset(self) -> int: ...
    @property
    def is_current(self) -> bool: ...
    @property
    def records(self) -> Sequence[Message]: ...


class Sender(Protocol):
    """Sends messages to Kafka; `flush` returns when all are acknowledged, or raises."""

    def send(self, topic: str, key: bytes | None, value: bytes, partition: int | None = None) -> None: ...

    def flush(self) -> None: ...


class GivenUpError(RuntimeError):
    """The partition was taken away, or the worker stops, while a chunk waited for ClickHouse or Kafka."""


T = TypeVar("T")


def until_available(work: Callable[[], T], still_ours: Callable[[], bool], *, longest_wait: float = 5.0) -> T:
    """Do the work; while ClickHouse or Kafka is away, wait (0.1 s, doubling up to `longest_wait` seconds) and try
    again, as long as the chunk is still ours."""
    wait = 0.1
    while True:
        try:
            return work()
        except (StoreUnavailable, DeliveryFailed, KafkaException) as error:
            if isinstance(error, KafkaException) and not is_away(error):
                raise
            if not still_ours():
                raise GivenUpError("the chunk is no longer ours") from error
            logger.warning("ClickHouse or Kafka cannot be reached (%s); next try in %.1f s", error, wait)
            time.sleep(wait)
            wait = min(wait * 2, longest_wait)


K = TypeVar("K", bound=Hashable)
V = TypeVar("V")


class Lru(Generic[K, V]):
    """The most recently used entries, at most `limit` of them after `trim`."""

    def __init__(self, limit: int) -> None:
        self.limit = limit
        self._entries: OrderedDict[K, V] = OrderedDict()

    def __contains__(self, key: K) -> bool:
        return key in self._entries

    def __len__(self) -> int:
        return len(self._entries)

    def __iter__(self) -> Iterator[K]:
        return iter(self._entries)

    def get(self, key: K) -> V | None:
        """The entry, now the most recently used one, or None."""
        value = self._entries.get(key)
        if value is not None:
            self._entries.move_to_end(key)
        return value

    def put(self, key: K, value: V) -> None:
        """Remember an entry as the most recently used one."""
        self._entries[key] = value
        self._entries.move_to_end(key)

    def trim(self) -> None:
        """Forget the least recently used entries over the limit; called between chunks, so a chunk's are pinned."""
        while len(self._entries) > self.limit:
            self._entries.popitem(last=False)

    def clear(self) -> None:
        """Forget all."""
        self._entries.clear()
