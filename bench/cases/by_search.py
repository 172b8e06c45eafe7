"""The same cases by the plainest means: no histories, no reasons, the case's least record as its name."""

from collections.abc import Sequence

from bench.cases.timing import Speed, timed
from bench.cases.workload import Cases, Workload, partition
from schemas.flow import Head, Key


class _Search:
    def __init__(self) -> None:
        self.case: dict[str, str] = {}
        self._keys: dict[str, tuple[Key, ...]] = {}
        self._carriers: dict[Key, set[str]] = {}

    def apply(self, heads: Sequence[Head]) -> None:
        """Apply a batch, and search the components around it again."""
        seeds: set[str] = set()
        for head in heads:
            record_id = head.subject_id
            before = self._keys.pop(record_id, ())
            for key in before:
                self._carriers[key].discard(record_id)
                seeds |= self._carriers[key]
            if not head.parts:
                self.case.pop(record_id, None)
                seeds.discard(record_id)
                continue
            now = self._keys[record_id] = head.parts[0].keys
            for key in now:
                self._carriers.setdefault(key, set()).add(record_id)
            seeds.add(record_id)
        done: set[str] = set()
        for seed in seeds:
            if seed not in done and seed in self._keys:
                self._search(seed, done)

    def _search(self, seed: str, done: set[str]) -> None:
        found, queue = {seed}, [seed]
        for at in queue:
            for key in self._keys[at]:
                for other in self._carriers[key] - found:
                    found.add(other)
                    queue.append(other)
        done |= found
        name = min(found)
        for record_id in found:
            self.case[record_id] = name


def searched(work: Workload) -> tuple[dict[str, Speed], Cases]:
    """The speed of each piece of work, and the cases at the end."""
    search = _Search()
    speeds = {name: timed(batches, search.apply) for name, batches in work.pieces.items()}
    return speeds, partition(search.case)
