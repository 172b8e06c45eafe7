"""What the courts' matches say of two records. It is worked out from the master defendants of both, so it is the same
whichever of them was matched, and whichever was told first."""

from typing import NamedTuple

from processors.people.cleaning.record import MasterDecision, PersonRecord
from processors.people.clustering.decisions import Decision


class Court(NamedTuple):
    """A record as the courts name it, and what they decided about its master that stands; empty for none of theirs."""

    name: str | None
    decision: MasterDecision | None


def court_of(record: PersonRecord) -> Court:
    """How the courts name a record."""
    return Court(record.court_name, record.master_decision)


def decided(named: Decision | None, one: tuple[str, Court], other: tuple[str, Court]) -> Decision | None:
    """The decision that stands of two records, each with its id: the latest of `named`, which names both, and of what
    the courts say of their masters; None where nothing was decided."""
    told = [
        Decision(
            matching.decision.time_us, matching.decision.decision_id,
            "include" if matching.decision.matched else "exclude", min(one[0], other[0]), max(one[0], other[0]),
        )
        for (_id, matching), (against_id, against) in ((one, other), (other, one))
        if matching.decision is not None
        and (against.name in matching.decision.masters or against_id in matching.decision.others)
    ]  # fmt: skip
    return max((*told, named) if named is not None else told, default=None)
