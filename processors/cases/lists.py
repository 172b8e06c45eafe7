"""The courts' lists: for which days a hearing is listed, by message after message.

A message that lists a hearing says where it is from then on, under whichever name it came: confirmed, updated, moved to
another day. Days are added, cancelled, and listed again; the order of these is that of their source times.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from processors.cases.court_model import CourtCase
from processors.cases.histories import RecordState
from processors.cases.ids import own_id
from processors.standardise.moments import london_day
from schemas import court


class Told(NamedTuple):
    """What one message says of the days of a hearing. `does`: lists (these days and no others), names (some of its
    days), adds, cancels or deletes (all days)."""

    state: RecordState
    hearing_id: str
    does: str
    days: tuple[int, ...]
    kind: str = ""
    jurisdiction: str = ""
    court_ou: str = ""
    court_name: str = ""


@dataclass(slots=True)
class Hearing:
    """A hearing as the lists have it."""

    id: str
    days: set[int] = field(default_factory=set)
    kind: str = ""
    jurisdiction: str = ""
    court_ou: str = ""
    court_name: str = ""

    def take(self, told: Told) -> None:
        """Take what a message says. One that says less than the whole listing leaves the rest as it was."""
        if (told.does == "lists" and told.days) or (told.does == "names" and self.days.isdisjoint(told.days)):
            self.days = set(told.days)
        elif told.does == "adds":
            self.days.update(told.days)
        elif told.does == "cancels":
            self.days.difference_update(told.days)
        elif told.does == "deletes":
            self.days.clear()
        self.kind = told.kind or self.kind
        self.jurisdiction = told.jurisdiction or self.jurisdiction
        self.court_ou = told.court_ou or self.court_ou
        self.court_name = told.court_name or self.court_name


_DOES = {
    "hearing_listed": "lists", "hearing_extended": "adds", "hearing_day_cancelled": "cancels",
    "hearing_deleted": "deletes",
}


def told_by(state: RecordState, patch: court.Patch) -> Told | None:
    """What a patch says of the days of a hearing; None for one that says nothing of them."""
    does = _DOES.get(patch.patch)
    if does is None or not patch.hearing_id:
        return None
    return Told(
        state, own_id(patch.hearing_id), does, tuple(sorted({london_day(moment) for moment in patch.listed_for})),
        patch.hearing_type or "", patch.jurisdiction or "", patch.court_ou or "", patch.court_name or "",
    )


def in_time(state: RecordState) -> tuple[int, str, str]:
    """The place of a state among those of other records."""
    return state.order.time_us, state.order.tie, state.order.digest


def hearings_in_lists(case: CourtCase, more: Sequence[Told]) -> Iterable[Hearing]:
    """The hearings of a court case as the lists have them now. `more`: what was said of them elsewhere."""
    found: dict[str, Hearing] = {}
    for told in sorted((*_all(case), *more), key=lambda one: in_time(one.state)):
        found.setdefault(told.hearing_id, Hearing(told.hearing_id)).take(told)
    return found.values()


def _all(case: CourtCase) -> Iterator[Told]:
    for state, patch in case.listings:
        if (told := told_by(state, patch)) is not None:
            yield told
