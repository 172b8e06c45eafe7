"""What is near to records, and what joins tie together."""

from collections.abc import Mapping

from processors.people.clustering.entries import Entry
from processors.people.clustering.verdicts import Verdict

Near = Mapping[str, Mapping[str, Verdict]]
"""For each record the records that are joined to it, and those with which it disputes a number."""


class Known:
    """The records that are told, of those at hand. Records that decisions tie together are at hand together."""

    def __init__(self, entries: Mapping[str, Entry]) -> None:
        self._entries = entries

    def __contains__(self, record_id: object) -> bool:
        entry = self._entries.get(record_id) if isinstance(record_id, str) else None
        return entry is not None and entry.record is not None


def others(near: Near) -> set[str]:
    """All records that are near to one."""
    return {other for told in near.values() for other in told}


def components(near: Near) -> list[tuple[str, ...]]:
    """What joins tie together; the records of each in no order that matters."""
    found: list[tuple[str, ...]] = []
    seen: set[str] = set()
    for seed in sorted(near):
        if seed in seen:
            continue
        seen.add(seed)
        reached = [seed]
        for record_id in reached:
            for other, told in near[record_id].items():
                if told.joined and other not in seen:
                    seen.add(other)
                    reached.append(other)
        found.append(tuple(reached))
    return found
