"""What a worker does about its memory: little garbage collection, and what a chunk has taken is given back after it.

Left to itself Python's collector goes through every record at hand again and again; that was a quarter of a worker's
processor time. Agents leave nothing behind that leads in circles (a test counts), so what a chunk has made is freed
without it; once in EVERY_SECONDS it goes through everything, for what libraries leave.
"""

import ctypes
import gc
import sys
import time

import pyarrow as pa

EVERY_SECONDS = 600.0
_M_ARENA_MAX, _M_MMAP_THRESHOLD = -8, -3
_MMAP_BYTES = 256 * 1024

_collected_at = time.monotonic()
_libc = ctypes.CDLL(None) if sys.platform == "linux" else None


def settle() -> None:
    """Call once, when all is imported. From then on only `after_chunk` collects garbage. There are two malloc arenas
    and no pool of Arrow's own: threads that build chunks in turn would each keep the memory of their largest. Messages
    and columns, which are large and live shortly, lie apart from what is small and stays (left to itself malloc raises
    the size from which it does so): so freeing them gives memory back."""
    pa.set_memory_pool(pa.system_memory_pool())
    if _libc is not None:
        _libc.mallopt(_M_ARENA_MAX, 2)
        _libc.mallopt(_M_MMAP_THRESHOLD, _MMAP_BYTES)
    gc.collect()
    gc.freeze()
    gc.disable()


def after_chunk() -> None:
    """Call after each chunk, from any thread."""
    global _collected_at
    now = time.monotonic()
    if now - _collected_at >= EVERY_SECONDS:
        _collected_at = now
        gc.collect()
    if _libc is not None and hasattr(_libc, "malloc_trim"):  # glibc alone has it
        _libc.malloc_trim(0)
