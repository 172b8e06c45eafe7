"""Why each record is in its cluster: the strongest joins that hold it together, told outwards from the record that
names the person."""

from collections.abc import Callable, Sequence
from heapq import heappop, heappush
from math import isinf

from processors.people.clustering.entries import NO_REASON, Ground, Why
from processors.people.clustering.limits import Limits
from processors.people.clustering.partition import Edges, VerdictOf

GroundOf = Callable[[str, str], Ground]
"""On what ground two records are joined."""


def reasons(
    first: str, records: Sequence[str], edges: Edges, verdict_of: VerdictOf, ground_of: GroundOf, limits: Limits
) -> dict[str, Why]:
    """For each record of a cluster the join by which it is in it (a tree of greatest weight; of equal joins that of the
    least ids): a function of the cluster alone. Larger clusters than the limit are told by the joins that were looked
    up, not by all."""
    why = {first: NO_REASON}
    inside = set(records)
    reached: list[tuple[float, str, str]] = []

    def reach(record_id: str) -> None:
        if len(records) <= limits.cluster_size:
            for other in inside - why.keys():
                told = verdict_of(record_id, other)
                if told.joined:
                    heappush(reached, (-told.weight, record_id, other))
        else:
            for other, weight in edges[record_id].items():
                if other in inside and other not in why:
                    heappush(reached, (-weight, record_id, other))

    reach(first)
    while reached:
        negative, near, record_id = heappop(reached)
        if record_id in why:
            continue
        why[record_id] = Why(ground_of(near, record_id), near, None if isinf(negative) else -negative)
        reach(record_id)
    return why
