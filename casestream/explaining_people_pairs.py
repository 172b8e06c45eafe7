"""Why two person records are of one person, or are not: `casestream explain` for a pair of them."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from casestream.comparing_people import Compared, Comparing
from casestream.errors import UserError
from casestream.people_decisions import Decided, DecisionsAtHand
from processors.people.cleaning.record import PersonRecord, is_linkable
from processors.people.clustering import Entry
from streams.look import Look
from streams.people_model import Scoring


@dataclass(frozen=True, slots=True)
class PeoplePairExplained:
    """Two person records: how they are compared, by what, what was decided, and whose records they are."""

    scoring: Scoring
    snapshot: str
    compared: Compared
    decided: Decided | None
    persons: tuple[str, str]

    def lines(self) -> Iterator[str]:
        """The answer for people: keys, comparisons and levels, never the values."""
        yield " and ".join(self.compared.ids)
        yield f"scoring {self.scoring.number}: {self.scoring.model}, term frequencies {self.snapshot}"
        yield from self.compared.lines()
        if self.decided is not None:
            yield f"decided: {self.decided.line()}"
        one, other = self.persons
        yield f"both are of {one}" if one == other and one else f"they are of {one or 'nobody'} and {other or 'nobody'}"

    def figures(self) -> dict[str, object]:
        """The answer for machines."""
        return {
            "records": list(self.compared.ids), "scoring": self.scoring.number, "model": self.scoring.model,
            "snapshot": self.snapshot, **self.compared.figures(), "decided": self.compared.standing or None,
            "decision": self.decided.figures() if self.decided is not None else None, "persons": list(self.persons),
        }  # fmt: skip

    def picture(self) -> str:
        """The answer as SVG."""
        return self.compared.drawn().svg()


def explain_person_pair(look: Look, ids: Sequence[str]) -> PeoplePairExplained:
    """Two person records, compared as people linking compares them. UserError for one that is unknown or takes no
    part."""
    first, second = sorted(ids)
    comparing = Comparing(look)
    entries = comparing.entries((first, second))
    one, other = (_record(entries, record_id) for record_id in (first, second))
    if one.group != other.group:
        raise UserError(f"{first} and {second}: victims and witnesses are never compared with suspects and offenders")
    at_hand = DecisionsAtHand(look, entries)
    (compared,) = comparing.pairs([(first, second)]).values()
    return PeoplePairExplained(
        comparing.scoring, comparing.scorer.snapshot.name, compared, at_hand.told_of(first, second),
        (entries[first].person_id, entries[second].person_id),
    )  # fmt: skip


def _record(entries: Mapping[str, Entry], record_id: str) -> PersonRecord:
    entry = entries.get(record_id)
    if entry is None or entry.record is None:
        raise UserError(f"{record_id}: people linking knows no such person record, or it is told no longer")
    if not is_linkable(entry.record):
        raise UserError(f"{record_id}: it says too little to be linked, or is that of a youth at court")
    return entry.record
