"""When Python collects garbage: never in the middle of a chunk.

Left to itself the collector goes through every record at hand again and again, and finds nothing, since what chunks are
made of holds no cycles; that was a quarter of a worker's processor time. What little there is (exceptions, asyncio's
tasks) can wait.
"""

import gc
import time

EVERY_SECONDS = 600.0

_collected_at = time.monotonic()


def disable() -> None:
    """Call once, when all is imported: from then on only `collect` does anything."""
    gc.collect()
    gc.freeze()
    gc.disable()


def collect() -> None:
    """Call after each chunk, from any thread: once in EVERY_SECONDS it does."""
    global _collected_at
    now = time.monotonic()
    if now - _collected_at >= EVERY_SECONDS:
        _collected_at = now
        gc.collect()
