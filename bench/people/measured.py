"""How well records were clustered: precision, recall and F1, of pairs of records and of whole clusters."""

from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass
from itertools import combinations


@dataclass(frozen=True, slots=True)
class Share:
    """What was found, held against the truth: counts of the truth, of what was found, and of what is in both."""

    true: int
    found: int
    right: int

    @property
    def precision(self) -> float:
        """The share of what was found that is true; 1 where nothing was found."""
        return self.right / self.found if self.found else 1.0

    @property
    def recall(self) -> float:
        """The share of the truth that was found; 1 where there is none."""
        return self.right / self.true if self.true else 1.0

    @property
    def f1(self) -> float:
        """The harmonic mean of the two."""
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0


@dataclass(frozen=True, slots=True)
class Measured:
    """`pairs` of records in one cluster. `clusters`: a cluster is right if it is a person's records, all of them and no
    others; records that are alone are clusters too (Menestrina, Whang and Garcia-Molina, 2010: cluster F1)."""

    pairs: Share
    clusters: Share


Clusters = frozenset[frozenset[str]]


def measured(truth: Mapping[str, Hashable], found: Iterable[Iterable[str]]) -> Measured:
    """Clusters held against the truth (record -> whose it is). A record that is in no cluster is alone. Raises
    ValueError for one that is unknown to the truth, or in two clusters."""
    told = clusters_of(truth, found)
    persons: dict[Hashable, set[str]] = {}
    for record, person in truth.items():
        persons.setdefault(person, set()).add(record)
    true = frozenset(map(frozenset, persons.values()))
    right = sum(truth[one] == truth[other] for cluster in told for one, other in combinations(cluster, 2))
    return Measured(Share(_pairs(true), _pairs(told), right), Share(len(true), len(told), len(true & told)))


def clusters_of(records: Iterable[str], found: Iterable[Iterable[str]]) -> Clusters:
    """Clusters as a set, with every other record by itself."""
    told = frozenset(map(frozenset, found))
    inside = [record for cluster in told for record in cluster]
    every = set(records)
    if len(inside) != len(set(inside)):
        raise ValueError("a record is in two clusters")
    if not every.issuperset(inside):
        raise ValueError(f"unknown to the truth: {sorted(set(inside) - every)[:3]}")
    return told | {frozenset((record,)) for record in every.difference(inside)}


def _pairs(clusters: Clusters) -> int:
    return sum(len(cluster) * (len(cluster) - 1) // 2 for cluster in clusters)
