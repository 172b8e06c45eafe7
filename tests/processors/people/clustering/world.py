"""A world of records whose match weights are written down, so that a scenario says only what it is about.

A record is one letter or two; what its agency says of it is its label, at first the same. Weights are those of pairs of
labels, in bits: JOIN joins, FRACTURE is between the two thresholds, NO_MATCH below both. Pairs not told are NO_MATCH.
"""

from collections.abc import Mapping

from processors.people.blocking import BlockingRules
from processors.people.cleaning import PersonRecord, Role
from processors.people.cleaning.clean import CleanPerson
from processors.people.clustering import LIMITS, Change, Cluster, Decision, Limits, People
from processors.people.clustering.decisions import Kind
from schemas.people import Person, PersonName

JOIN, FRACTURE, NO_MATCH, AGAINST = 25.0, 16.0, -15.0, -60.0
PRIOR = -21.85

Weights = Mapping[tuple[str, str], float]


class Table:
    """Match weights of pairs of labels. Labels that are equal join."""

    prior_weight = PRIOR

    def __init__(self, weights: Weights) -> None:
        self._weights = {frozenset((one.upper(), other.upper())): weight for (one, other), weight in weights.items()}

    def prepare(self, record_id: str, person: CleanPerson) -> str:
        """The label."""
        assert person.name_1_std is not None
        return person.name_1_std.removeprefix("LABEL")

    def weight(self, one: str, other: str) -> float:
        """What the table says."""
        return self._weights.get(frozenset((one, other)), JOIN if one == other else NO_MATCH)


class World:
    """Records and decisions, told one after another."""

    def __init__(self, weights: Weights, limits: Limits = LIMITS) -> None:
        rules = BlockingRules([("l.last_name_std = r.last_name_std", ())])
        self.people = People(Table(weights), rules, limits)
        self._made = 0

    def tell(self, *names: str, role: Role = "defendant", crn: str | None = None, prison_number: str | None = None,
             youth: bool = False) -> Change:  # fmt: skip
        """Records as they are now; `A=X` is record A with the label X."""
        told = {}
        for name in names:
            record, _, label = name.partition("=")
            person = Person(name=PersonName(first=f"label{label or record}", last="Same"))
            told[f"r{record}"] = PersonRecord(
                f"r{record}", role, person, crn=crn, prison_number=prison_number, youth=youth
            )
        return self.people.apply(told)

    def delete(self, *names: str) -> Change:
        """Records that are no more."""
        return self.people.apply(dict.fromkeys(f"r{name}" for name in names))

    def decide(self, kind: Kind, first: str, second: str) -> Change:
        """A decision, later than all before."""
        self._made += 1
        return self.people.apply({}, [Decision(self._made, f"d{self._made}", kind, f"r{first}", f"r{second}")])

    @property
    def clusters(self) -> list[str]:
        """The clusters, each its records in a row, an exclamation mark if it needs attention."""
        return sorted(
            ",".join(one[1:] for one in cluster.records) + ("!" if cluster.attention else "")
            for cluster in self.people.clusters
        )

    def of(self, name: str) -> Cluster:
        """The cluster of a record."""
        cluster = self.people.cluster_of(f"r{name}")
        assert cluster is not None
        return cluster


def joined(*names: str) -> dict[tuple[str, str], float]:
    """All pairs of these join."""
    return {(one, other): JOIN for at, one in enumerate(names) for other in names[at + 1 :]}
