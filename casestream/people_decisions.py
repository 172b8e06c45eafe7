"""Who decided something about two person records, when, and by which event: for `casestream explain`."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from casestream.explanations import time_of
from processors.people.cleaning.record import PersonRecord
from processors.people.clustering import Decision, Decisions, Entry
from processors.people.clustering.decisions import what_stands
from processors.people.clustering.matched import court_of, decided
from schemas.events import KINDS
from schemas.flow import NO_TIME
from streams.look import Look


@dataclass(frozen=True, slots=True)
class Decided:
    """A decision as it is told: what it says (include, exclude, merge, unmerge), about which two person records, by the
    events of which record, of which kind and agency, the last event's id and time. `over_master`: the courts decided it
    of a master defendant, not of the two by name; `second` is empty where it is of all others of that master."""

    says: str
    first: str
    second: str
    over_master: bool
    record: str
    kind: str
    agency: str
    source: str
    event: str
    time: str | None

    def line(self) -> str:
        """In one line, without who the people are."""
        when = self.time or "at no told time"
        by = " by the master defendant" if self.over_master else ""
        return f"{self.says}{by}: {self.agency}, {when}, {self.kind} {self.event} of {self.source} ({self.record})"

    def figures(self) -> dict[str, object]:
        """For machines."""
        return {
            "says": self.says, "first": self.first, "second": self.second, "over_master": self.over_master,
            "record": self.record, "kind": self.kind, "agency": self.agency, "source": self.source,
            "event": self.event, "time": self.time,
        }  # fmt: skip


class DecisionsAtHand:
    """What was decided about some person records and those named with them."""

    def __init__(self, look: Look, entries: Mapping[str, Entry]) -> None:
        self._look = look
        self._records: dict[str, PersonRecord] = {
            one: entry.record for one, entry in entries.items() if entry.record is not None
        }
        self.decisions = Decisions()
        for entry in entries.values():
            for decision in entry.decisions:
                self.decisions.add(decision)

    def standing(self, one: str, other: str) -> Decision | None:
        """The decision that stands of two person records, as people linking sees it."""
        named = self.decisions.latest(one, other)
        records = [self._records.get(record_id) for record_id in (one, other)]
        if records[0] is None or records[1] is None:
            return named
        courts = [(record.record_id, court_of(record)) for record in records if record is not None]
        return decided(named, *courts)

    def told_of(self, one: str, other: str) -> Decided | None:
        """The decision that stands of two person records, with who made it and when; None where nothing was decided."""
        decision = self.standing(one, other)
        return self.told(decision) if decision is not None else None

    def merge_of(self, one: str) -> Decided | None:
        """The merge by which a service gave a person record up; None for one that stands for itself."""
        target = self.decisions.merged_into(one)
        return self.told_of(one, target) if target is not None else None

    def told(self, decision: Decision) -> Decided:
        """A decision with who made it and when."""
        named = self.decisions.latest(decision.first, decision.second)
        record = self._look.record(decision.decision_id)
        kind = record.kind if record is not None else ""
        return Decided(
            decision.kind, decision.first, decision.second, named != decision, decision.decision_id, kind,
            KINDS[kind].agency if kind in KINDS else "somebody", record.source if record is not None else "",
            record.states[-1].order.tie if record is not None else "",
            None if decision.time_us == NO_TIME else time_of(decision.time_us),
        )  # fmt: skip

    def apart(self, members: Iterable[str]) -> list[Decided]:
        """The decisions that keep some records from others, in their order. One of the courts by which a record is of a
        master no more names nobody beside it."""
        found: set[Decision] = set()
        for one in members:
            named = (self.standing(one, other) for other in self.decisions.partners(one, "exclude"))
            found |= {each for each in named if each is not None and what_stands(each) == "exclude"}
            record = self._records.get(one)
            of_courts = record.master_decision if record is not None else None
            if of_courts is not None and not of_courts.matched:
                found.add(Decision(of_courts.time_us, of_courts.decision_id, "exclude", one, ""))
        return [self.told(one) for one in sorted(found)]
