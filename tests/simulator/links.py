"""A plain reading of what joins records: union-find over the raw identifiers in the events, as a second opinion."""

from collections import defaultdict, deque
from collections.abc import Iterable, Iterator
from typing import Any

import orjson

from schemas.events import EVENT, CourtHearingEvent, RecordDeletedEvent
from schemas.flow import part_id, subject_id

JOINING = ("crime_ref", "asn", "urn", "court_case_id", "defendant_id", "cps_case_id", "supervision_id")
CASELESS = {
    "police.stop_search", "hmpps.prisoner", "hmpps.probation_case", "hmpps.prison_capacity", "hmpps.notice",
    "hmpps.merge", "court.match", "court.session",
}  # fmt: skip

Key = tuple[str, str]


def keys_in(value: Any) -> Iterator[Key]:
    """Every joining identifier anywhere in a state; lists of them have an s at the end of their name."""
    if isinstance(value, dict):
        for name, inner in value.items():
            if name in JOINING and isinstance(inner, str):
                yield name, inner
            elif name.removesuffix("s") in JOINING and isinstance(inner, list):
                yield from ((name.removesuffix("s"), each) for each in inner)
            else:
                yield from keys_in(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from keys_in(inner)


def records(values: Iterable[bytes]) -> dict[str, tuple[str, set[Key]]]:
    """Record id -> kind and identifiers, over all states; each event must be valid."""
    found: dict[str, tuple[str, set[Key]]] = {}
    for value in values:
        event = EVENT.validate_json(value)
        if isinstance(event, RecordDeletedEvent):
            continue
        kind = event.type
        subject = subject_id(event.source, kind, event.subject)
        raw = orjson.loads(value)["data"]
        if isinstance(event, CourtHearingEvent):
            for case in raw["cases"]:
                record = part_id(subject, case["ids"]["court_case_id"])
                found.setdefault(record, (kind, set()))[1].update(keys_in(case))
        elif kind not in CASELESS:
            found.setdefault(subject, (kind, set()))[1].update(keys_in(raw))
    return found


def components(found: dict[str, tuple[str, set[Key]]]) -> dict[str, str]:
    """Record id -> the name of its component."""
    parent: dict[object, object] = {}

    def root(node: object) -> object:
        while parent.setdefault(node, node) != node:
            parent[node] = parent[parent[node]]
            node = parent[node]
        return node

    for record, (_, keys) in found.items():
        for key in keys:
            parent[root(key)] = root(record)
    return {record: str(root(record)) for record in found}


def longest_chain(found: dict[str, tuple[str, set[Key]]]) -> int:
    """Of the records of one case: how many identifiers it takes from its crimes to the record farthest from them."""
    holders: dict[Key, list[str]] = defaultdict(list)
    for record, (_, keys) in found.items():
        for key in keys:
            holders[key].append(record)
    far = {record: 0 for record, (kind, _) in found.items() if kind == "police.crime"}
    waiting = deque(far)
    while waiting:
        record = waiting.popleft()
        for key in found[record][1]:
            for other in holders[key]:
                if other not in far:
                    far[other] = far[record] + 1
                    waiting.append(other)
    return max(far.values(), default=0)
