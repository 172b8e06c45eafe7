"""What source systems and people have decided about pairs of records, and which of it stands.

For each pair the decision that is latest in its own order stands, whatever order they came in. An unmerge says that two
records are of different people, so it excludes them until they are included or merged again. A decision about a record
that is not known (yet, or any more) waits; one whose own record is corrected or deleted is taken back.
"""

from collections.abc import Container, Iterable
from dataclasses import dataclass
from typing import Literal

from processors.people.cleaning.clean import NO_OVERRIDE, Override

Kind = Literal["include", "exclude", "merge", "unmerge"]
Standing = Literal["include", "exclude", "merge"]
"""What a decision says of its pair: one person by decision; not one person; the first record was a mistake of its
service and lives on in the second."""


@dataclass(frozen=True, slots=True, order=True)
class Decision:
    """A decision about two records. `time_us`: when it was made, microseconds since 1970 UTC. Of a merge `first` is the
    record that is given up and `second` the one that goes on; of an unmerge `first` is the one that comes back."""

    time_us: int
    decision_id: str
    kind: Kind
    first: str
    second: str


def what_stands(decision: Decision | None) -> Standing | None:
    """What a decision says of its pair, if it is the one that stands."""
    if decision is None:
        return None
    return "exclude" if decision.kind == "unmerge" else decision.kind


class Decisions:
    """All decisions, by the records that they name."""

    def __init__(self) -> None:
        self._by_record: dict[str, dict[str, dict[str, Decision]]] = {}

    def add(self, decision: Decision) -> None:
        """Take a decision in; a repeat changes nothing."""
        if decision.first == decision.second:
            return  # a record that is merged with itself is where it was
        for one, other in ((decision.first, decision.second), (decision.second, decision.first)):
            self._by_record.setdefault(one, {}).setdefault(other, {})[decision.decision_id] = decision

    def remove(self, decision: Decision) -> None:
        """Take back a decision that is no more."""
        for one, other in ((decision.first, decision.second), (decision.second, decision.first)):
            told = self._by_record.get(one, {}).get(other, {})
            if told.pop(decision.decision_id, None) is not None and not told:
                del self._by_record[one][other]
                if not self._by_record[one]:
                    del self._by_record[one]

    def of(self, record_id: str) -> tuple[Decision, ...]:
        """All decisions that name a record, standing or not, in their order."""
        told = self._by_record.get(record_id, {}).values()
        return tuple(sorted(decision for decisions in told for decision in decisions.values()))

    def partners(self, record_id: str, standing: Standing) -> set[str]:
        """The records of which that stands beside one."""
        return {other for other in self._by_record.get(record_id, ()) if self.standing(record_id, other) == standing}

    def latest(self, one: str, other: str) -> Decision | None:
        """The decision about a pair that is the latest in its own order."""
        told = self._by_record.get(one, {}).get(other)
        return max(told.values()) if told else None

    def standing(self, one: str, other: str) -> Standing | None:
        """What stands of a pair."""
        return what_stands(self.latest(one, other))

    def merged_into(self, record_id: str) -> str | None:
        """The record that one lives on in, if it was merged and the merge stands. Merges in a circle are void."""
        target = self._target(record_id)
        seen = {record_id}
        step = target
        while step is not None and step not in seen:
            seen.add(step)
            step = self._target(step)
        return None if step == record_id else target

    def in_circle(self, record_id: str) -> bool:
        """Whether merges lead from a record back to it."""
        return self._target(record_id) is not None and self.merged_into(record_id) is None

    def survivor(self, record_id: str) -> str:
        """The record at the end of a record's merges; itself, if it was not merged."""
        while (target := self.merged_into(record_id)) is not None:
            record_id = target
        return record_id

    def merged_records(self, record_id: str, known: Container[str]) -> set[str]:
        """All known records that live on in one, over any number of merges. What was merged into a record that is
        deleted is gone with it."""
        found: set[str] = set()
        open_records = [record_id]
        while open_records:
            into = open_records.pop()
            for other in self.partners(into, "merge"):
                if other in known and other not in found and self.merged_into(other) == into:
                    found.add(other)
                    open_records.append(other)
        return found

    def override(self, record_id: str) -> Override:
        """A record's marker and scopes, as the model compares them: one marker for all that are included together, and
        a scope for each pair that was decided on."""
        included = self.partners(record_id, "include")
        decided = included | self.partners(record_id, "exclude")
        if not decided:
            return NO_OVERRIDE
        scopes = sorted("|".join(sorted((record_id, other))) for other in decided)
        return Override(min(self.included_together(record_id)), tuple(scopes))

    def included_together(self, record_id: str) -> set[str]:
        """A record and all that are included with it, or with one that is."""
        return self._reached([record_id], ("include",))

    def bound_up(self, record_ids: Iterable[str]) -> set[str]:
        """The records whose marker or merge a change of some records may change: over includes and merges."""
        return self._reached(record_ids, ("include", "merge"))

    def _target(self, record_id: str) -> str | None:
        told = [
            max(decision for decision in decisions.values() if decision.kind == "merge" and decision.first == record_id)
            for other, decisions in self._by_record.get(record_id, {}).items()
            if self.standing(record_id, other) == "merge" and max(decisions.values()).first == record_id
        ]
        return max(told).second if told else None

    def _reached(self, record_ids: Iterable[str], over: tuple[Standing, ...]) -> set[str]:
        found = set(record_ids)
        open_records = list(found)
        while open_records:
            record_id = open_records.pop()
            for standing in over:
                for other in self.partners(record_id, standing) - found:
                    found.add(other)
                    open_records.append(other)
        return found
