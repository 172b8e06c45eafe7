"""What one step of people linking did."""

from dataclasses import dataclass, field

from processors.people.blocking import KeyRole
from processors.people.clustering.cluster import Cluster
from processors.people.clustering.entries import Entry


@dataclass(slots=True)
class Change:
    """What one step did: the clusters that are new or differ from what was at hand, and the ids of those that are no
    more; the entries that changed, and of which of them what is said; and (blocking key, what the record is under it,
    record) -> carried from now on."""

    clusters: tuple[Cluster, ...] = ()
    gone: tuple[str, ...] = ()
    entries: dict[str, Entry] = field(default_factory=dict)
    told: set[str] = field(default_factory=set)
    keys: dict[tuple[str, KeyRole, str], bool] = field(default_factory=dict)
