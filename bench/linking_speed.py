"""Linking alone, on one core, in memory: no Kafka, no ClickHouse, nothing encoded.

    python -m bench.linking_speed [--cases 30000] [--changes 20000] [--seed 1] [--json]

Cases of about eight records, each with one or two identifiers of a chain, come apart from each other in batches of
10,000; then changes (70 % new records, 20 % corrections, 10 % deletions) in batches of 1,000 and of 100. `link` is
the state machine of the worker, with histories, reasons and case changes. `plain search` keeps identifiers and records
in two dicts and searches the changed components again: what the least would cost. At the end both have the same cases,
or the run fails. `--cases 300000 --changes 200000` is the size at which other engines were measured.
"""

import argparse
import gc
import json
import random
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from time import process_time
from zlib import crc32

from processors.linking.entries import RecordState
from processors.linking.link import link
from processors.linking.memory import Memory
from schemas.flow import EventRef, Head, Key, Order, Part, subject_id

LOADED_TOGETHER = 10_000
CHANGED_TOGETHER = (1_000, 100)
LIMIT = 500
_LARGEST = 115
_KINDS = ("police.crime", "police.suspect", "cps.decision", "court.case", "court.remand")
_EVENT = EventRef("feeds.police", 1, 0, 0)


class Whole(Memory):
    """A memory that holds everything: an identifier that was never seen is on no record."""

    def carriers_of(self, key: Key) -> set[str]:
        found = self.carriers.get(key)
        if found is None:
            found = self.carriers[key] = set()
        return found


class Plain:
    """The same cases by the plainest means: no histories, no reasons, the case's least record as its name."""

    def __init__(self) -> None:
        self.keys: dict[str, tuple[Key, ...]] = {}
        self.carriers: dict[Key, set[str]] = {}
        self.case: dict[str, str] = {}

    def apply(self, heads: Sequence[Head]) -> None:
        """Apply a batch, and search the components around it again."""
        seeds: set[str] = set()
        for head in heads:
            record_id = head.subject_id
            before = self.keys.pop(record_id, ())
            now = head.parts[0].keys if head.parts else ()
            for key in before:
                self.carriers[key].discard(record_id)
                seeds |= self.carriers[key]
            if not head.parts:
                self.case.pop(record_id, None)
                seeds.discard(record_id)
                continue
            self.keys[record_id] = now
            for key in now:
                self.carriers.setdefault(key, set()).add(record_id)
            seeds.add(record_id)
        done: set[str] = set()
        for seed in seeds:
            if seed not in done and seed in self.keys:
                self._search(seed, done)

    def _search(self, seed: str, done: set[str]) -> None:
        found, queue = {seed}, [seed]
        for at in queue:
            for key in self.keys[at]:
                for other in self.carriers[key] - found:
                    found.add(other)
                    queue.append(other)
        done |= found
        name = min(found)
        for record_id in found:
            self.case[record_id] = name


@dataclass(frozen=True, slots=True)
class Workload:
    """The batches: what is loaded, and for each size of a batch what is changed."""

    loaded: list[list[Head]]
    changed: dict[int, list[list[Head]]]


def workload(cases: int, changes: int, seed: int) -> Workload:
    """The heads, made beforehand: making them is not measured."""
    pick = random.Random(seed)
    interned: dict[Key, Key] = {}

    def key(case: int, n: int) -> Key:
        made = Key("asn", f"{case}-{n}")
        return interned.setdefault(made, made)

    def keys(case: int, n: int) -> tuple[Key, ...]:
        return tuple(sorted((key(case, n), key(case, n + 1)))) if pick.random() < 0.83 else (key(case, n),)

    def head(name: str, time: int, of: tuple[Key, ...], deleted: bool = False) -> Head:
        kind = _KINDS[crc32(name.encode()) % len(_KINDS)]
        record_id = subject_id("s", kind, name)
        parts = () if deleted else (Part(record_id, "", of, b""),)
        return Head(record_id, kind, "s", name, Order("", time, "e", name), deleted, parts, _EVENT)

    records = [
        (case, n)
        for case in range(cases)
        for n in range(min(_LARGEST, 2 + int(pick.expovariate(1 / 5.9)) + (pick.random() < 0.4)))
    ]
    for start in range(0, len(records), 50_000):  # agencies tell one case apart from each other
        window = records[start : start + 50_000]
        pick.shuffle(window)
        records[start : start + 50_000] = window
    told = [head(f"{case}.{n}", 1, keys(case, n // 2)) for case, n in records]
    loaded = [told[at : at + LOADED_TOGETHER] for at in range(0, len(told), LOADED_TOGETHER)]
    changed: dict[int, list[list[Head]]] = {}
    time = 2
    for together in CHANGED_TOGETHER:
        made = []
        for number in range(changes):
            case, n = pick.choice(records)
            drawn = pick.random()
            if drawn < 0.7:
                made.append(head(f"{case}.{n}.{together}.{number}", 1, keys(case, n // 2)))
            elif drawn < 0.9:  # corrected: it belongs elsewhere
                other, m = pick.choice(records)
                made.append(head(f"{case}.{n}", time, keys(other, m // 2)))
            else:
                made.append(head(f"{case}.{n}", time, (), deleted=True))
            time += 1
        changed[together] = [made[at : at + together] for at in range(0, len(made), together)]
    return Workload(loaded, changed)


@dataclass(frozen=True, slots=True)
class Speed:
    """How fast a number of batches was: records a second, and the slowest of a hundred batches, in milliseconds."""

    per_second: int
    p99_ms: float


def timed(batches: Sequence[Sequence[Head]], apply: Callable[[Sequence[Head]], None]) -> Speed:
    """Apply the batches, each timed."""
    times = []
    gc.collect()
    gc.freeze()
    gc.disable()  # as in a worker
    for batch in batches:
        begin = process_time()
        apply(batch)
        times.append(process_time() - begin)
    gc.enable()
    gc.unfreeze()
    times.sort()
    return Speed(round(sum(map(len, batches)) / sum(times)), round(times[(len(times) * 99 - 1) // 100] * 1e3, 1))


def measure(cases: int, changes: int, seed: int) -> Iterator[tuple[str, str, Speed]]:
    """What was measured: the engine, the work, the speed. Raises RuntimeError where the two end in other cases."""
    work = workload(cases, changes, seed)
    memory, plain = Whole(), Plain()

    def apply_link(heads: Sequence[Head]) -> None:
        link(memory, heads, LIMIT)
        memory.commit()

    for engine, apply in (("link", apply_link), ("plain search", plain.apply)):
        yield engine, "new records", timed(work.loaded, apply)
        for together, batches in work.changed.items():
            yield engine, f"changes, {together:,} together", timed(batches, apply)
    if partition({one.record_id: one.case_id for one in records_of(memory)}) != partition(plain.case):
        raise RuntimeError("link and the plain search end in other cases")


def records_of(memory: Memory) -> Iterator[RecordState]:
    """The current records."""
    return (one for one in memory.entries.values() if isinstance(one, RecordState) and one.current)


def partition(case_of: dict[str, str]) -> set[frozenset[str]]:
    """The cases as sets of records."""
    members: dict[str, set[str]] = {}
    for record_id, case_id in case_of.items():
        members.setdefault(case_id, set()).add(record_id)
    return {frozenset(of_case) for of_case in members.values()}


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(prog="python -m bench.linking_speed", description=__doc__)
    parser.add_argument("--cases", type=int, default=30_000)
    parser.add_argument("--changes", type=int, default=20_000, help="for each size of a batch")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--json", action="store_true")
    asked = parser.parse_args(arguments)
    found = list(measure(asked.cases, asked.changes, asked.seed))
    if asked.json:
        rows = [
            {"engine": engine, "work": work, "per_second": speed.per_second, "p99_ms": speed.p99_ms}
            for engine, work, speed in found
        ]
        sys.stdout.write(json.dumps(rows) + "\n")
        return
    sys.stdout.write(f"{asked.cases:,} cases, one core; processor time; p99 is that of a batch\n")
    for engine, work, speed in found:
        sys.stdout.write(f"  {engine:13} {work:25} {speed.per_second:9,} a second   p99 {speed.p99_ms:8.1f} ms\n")


if __name__ == "__main__":
    main()
