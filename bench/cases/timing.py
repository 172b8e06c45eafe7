"""How fast a number of batches was, in processor time."""

import gc
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from time import process_time

from bench.cases.workload import Batches
from schemas.flow import Head


@dataclass(frozen=True, slots=True)
class Speed:
    """Records or changes a second, and the slowest of a hundred batches, in milliseconds."""

    per_second: int
    p99_ms: float


def timed(batches: Batches, apply: Callable[[Sequence[Head]], None]) -> Speed:
    """Apply the batches, each timed."""
    seconds = []
    gc.collect()
    gc.freeze()
    gc.disable()  # as in a worker
    for batch in batches:
        begin = process_time()
        apply(batch)
        seconds.append(process_time() - begin)
    gc.enable()
    gc.unfreeze()
    return speed(batches, seconds)


def speed(batches: Batches, seconds: Sequence[float]) -> Speed:
    """The speed of batches that took so many seconds each."""
    slowest = sorted(seconds)[(len(seconds) * 99 - 1) // 100]
    return Speed(round(sum(map(len, batches)) / sum(seconds)), round(slowest * 1e3, 1))
