"""Which keys exist at all in ClickHouse: a Bloom filter, so that a key that was never seen costs no look-up.

Until it is filled it says that everything may exist. New keys enter at once, also while it is being filled. It
forgets nothing: a key of a deleted record costs a look-up, never a wrong answer.
"""

import logging
import threading
from collections.abc import Callable, Iterable, Iterator

from rbloom import Bloom

from streams.chunks import until_available

logger = logging.getLogger(__name__)

EXPECTED_KEYS = 10_000_000
"""Keys at one per cent false; 12 MB. More keys only make false positives, which cost look-ups."""


class ExistingKeys:
    """May a key exist? `fill` reads the keys that are stored, in batches, in a thread of its own."""

    def __init__(self, name: str, expected: int = EXPECTED_KEYS) -> None:
        self.name = name
        self._bloom = Bloom(expected, 0.01)
        self._filled = threading.Event()

    def fill(self, stored: Callable[[], Iterator[Iterable[object]]]) -> threading.Thread:
        """Start to read what is stored, again while ClickHouse is away. A failure leaves the filter unfilled: slower,
        never wrong."""

        def read() -> None:
            try:
                until_available(lambda: self._read(stored), lambda: True)
            except Exception:
                logger.exception("the filter %s could not be filled; every key will be looked up", self.name)
            else:
                self._filled.set()

        thread = threading.Thread(target=read, name=f"fill-{self.name}", daemon=True)
        thread.start()
        return thread

    def _read(self, stored: Callable[[], Iterator[Iterable[object]]]) -> None:
        for batch in stored():
            self._bloom.update(batch)

    def add(self, keys: Iterable[object]) -> None:
        """Keys that exist from now on."""
        self._bloom.update(keys)

    def may_hold(self, keys: Iterable[object]) -> list[object]:
        """Those of the keys that may exist."""
        if not self._filled.is_set():
            return list(keys)
        bloom = self._bloom
        return [key for key in keys if key in bloom]
