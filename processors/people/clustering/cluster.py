"""A cluster: the records of one person, its name, and whether someone should look at it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, Literal

from processors.people.cleaning.record import Group, PersonRecord
from schemas.person_facts import Role

Attention = Literal["torn", "overruled", "oversized", "circular_merge", "disputed_number"]
"""Why a cluster needs attention: it could belong to two that must be apart; a decision to include was overruled by one
to exclude; too many records were joined; its services merged records in a circle; a record shares a service's number
with one that too much speaks against."""

_RANKS: Final[dict[Role, int]] = {"offender": 0, "defendant": 1, "suspect": 2, "victim": 3, "witness": 4}


@dataclass(frozen=True, slots=True)
class Cluster:
    """One person. `records`, sorted, carry the cluster; `merged` are records that their services gave up for one of
    them. `attention` is empty for an active cluster. `cut` are joins to records of other clusters that were not
    followed; `several` the kinds of service numbers (crn, prison_number) of which it has more than one: its services
    may wish to merge their records."""

    person_id: str
    group: Group
    records: tuple[str, ...]
    merged: tuple[str, ...] = ()
    attention: tuple[Attention, ...] = ()
    cut: tuple[tuple[str, str], ...] = ()
    several: tuple[str, ...] = ()

    @property
    def status(self) -> Literal["active", "needs attention"]:
        """Whether someone should look at it."""
        return "needs attention" if self.attention else "active"


def rank(record: PersonRecord) -> tuple[int, str]:
    """The fixed order by which the least record of a cluster names its person: those of prisons and probation first,
    which stay."""
    return _RANKS[record.role], record.record_id


def person_id_of(records: tuple[str, ...], known: Mapping[str, PersonRecord]) -> str:
    """The id of the person that a cluster is: it is called after its least record, so a new record seldom changes it,
    and an old id still leads to where that record is now."""
    return "p" + min((known[record_id] for record_id in records), key=rank).record_id[1:]
