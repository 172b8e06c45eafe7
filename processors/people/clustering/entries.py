"""A person record as people linking knows it, and where it is looked up when it is not at hand."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Literal, Protocol

from processors.people.blocking import KeyRole
from processors.people.cleaning.record import PersonRecord
from processors.people.clustering.decisions import Decision

Ground = Literal["", "model", "number", "decision"]
"""Why two records are joined: their match weight, a service's own number that both have, someone's decision."""


@dataclass(frozen=True, slots=True)
class Why:
    """The join by which a record is in its cluster: with a record nearer to the one that names the person. `weight` in
    bits, None where a number or a decision joins them; all empty for the record that names the person."""

    ground: Ground = ""
    with_record: str = ""
    weight: float | None = None


NO_REASON = Why()


@dataclass(frozen=True, slots=True)
class Entry:
    """What is said of a person record now, the decisions that name it, and the person it is of: empty for one that
    takes no part. `record` is None for one that is not told (yet, or any more)."""

    record: PersonRecord | None = None
    decisions: tuple[Decision, ...] = ()
    person_id: str = ""
    why: Why = NO_REASON


NOTHING = Entry()

Carriers = Iterable[tuple[str, KeyRole]]
"""The records under a blocking key, each with what it may be under it."""


class Elsewhere(Protocol):
    """Where person records and blocking keys are that are not at hand: as they stood before anything that was applied
    since. What was changed since is at hand."""

    def entries(self, record_ids: Collection[str]) -> Mapping[str, Entry]:
        """The entries of some records; those that there are none of are left out."""

    def carriers(self, keys: Collection[str]) -> Mapping[str, Carriers]:
        """The records under some keys; keys without any may be left out."""


class Nowhere:
    """All that there is is at hand."""

    def entries(self, record_ids: Collection[str]) -> Mapping[str, Entry]:
        """None."""
        return {}

    def carriers(self, keys: Collection[str]) -> Mapping[str, Carriers]:
        """None."""
        return {}
