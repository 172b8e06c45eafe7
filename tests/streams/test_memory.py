"""Garbage is collected after chunks and at no other time. In a process of its own: it is the process's collector."""

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
assert left() is None, "not collected after the chunk"
kept = Node()
kept.itself = kept
old = weakref.ref(kept)
memory.after_chunk()  # it has grown old while it was in use
del kept
memory.after_chunk()
assert old() is not None, "everything was gone through after a chunk"
memory.EVERY_SECONDS = 0.0
memory.after_chunk()
assert old() is None, "everything is never gone through"
"""


def test_garbage_is_collected_after_chunks_the_old_now_and_then() -> None:
    done = subprocess.run([sys.executable, "-c", PROGRAM], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
