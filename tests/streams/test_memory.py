"""Garbage is collected now and then, between chunks. In a process of its own: it is the process's collector."""

import subprocess
import sys

PROGRAM = """
import weakref
from streams import memory

class Node: pass

def cycle():
    one = Node()
    one.itself = one
    return weakref.ref(one)

memory.settle()
left = cycle()
others = [[number] for number in range(200_000)]  # more than enough to set off a collector that is on
assert left() is not None, "collected in the middle of a chunk"
memory.after_chunk()
assert left() is not None, "collected after each chunk"
memory.EVERY_SECONDS = 0.0
memory.after_chunk()
assert left() is None, "never collected"
"""

AGENTS = """
import gc
from collections import Counter
from bench.stages import measure

measure(500, 2, 1)  # what libraries make at first use
gc.collect()
gc.set_debug(gc.DEBUG_SAVEALL)
measure(5_000, 2, 2)
gc.collect()
ours = ("schemas.", "processors.", "streams.")
left = Counter(f"{type(one).__module__}.{type(one).__name__}" for one in gc.garbage)
assert not [name for name in left if name.startswith(ours)], left
"""


def test_garbage_is_collected_now_and_then() -> None:
    done = subprocess.run([sys.executable, "-c", PROGRAM], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def test_agents_leave_nothing_that_only_the_collector_would_free() -> None:
    done = subprocess.run([sys.executable, "-c", AGENTS], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
