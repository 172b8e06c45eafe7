"""Records of cases as heads, in batches: what is loaded, then what changes.

Cases of about eight records, each with one or two identifiers of a chain, come apart from each other in batches of
10,000; then changes (70 % new records, 20 % corrections, 10 % deletions) in batches of 1,000 and of 100.
"""

import random
from dataclasses import dataclass
from zlib import crc32

from schemas.flow import EventRef, Head, Key, Order, Part, subject_id

LOADED_TOGETHER = 10_000
CHANGED_TOGETHER = (1_000, 100)
NEW_RECORDS = "new records"
_LARGEST = 115
_KINDS = ("police.crime", "police.suspect", "cps.decision", "court.case", "court.remand")
_EVENT = EventRef("feeds.police", 1, 0, 0)

Batches = list[list[Head]]
Cases = set[frozenset[str]]
"""The cases as sets of records."""


@dataclass(frozen=True, slots=True)
class Workload:
    """The batches of each piece of work, in its order: all records are loaded first, then changed."""

    pieces: dict[str, Batches]


def workload(cases: int, changes: int, seed: int) -> Workload:
    """The heads, made beforehand: making them is not measured. `changes`: for each size of a batch."""
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
    pieces = {NEW_RECORDS: _batches(told, LOADED_TOGETHER)}
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
        pieces[f"changes, {together:,} together"] = _batches(made, together)
    return Workload(pieces)


def _batches(heads: list[Head], together: int) -> Batches:
    return [heads[at : at + together] for at in range(0, len(heads), together)]


def partition(case_of: dict[str, str]) -> Cases:
    """The cases as sets of records, from the name that each record's case has."""
    members: dict[str, set[str]] = {}
    for record_id, case_id in case_of.items():
        members.setdefault(case_id, set()).add(record_id)
    return {frozenset(of_case) for of_case in members.values()}
