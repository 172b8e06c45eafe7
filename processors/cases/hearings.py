"""Hearings: the sitting days of a court case, held and to come."""

from dataclasses import dataclass
from functools import lru_cache

from processors.cases.court_model import CourtCase, Snapshot
from processors.cases.ids import own_id
from processors.cases.lists import Told, hearings_in_lists
from processors.standardise.moments import london_day
from schemas import court

_NO_TRIAL = ("pre-trial", "pre trial", "review", "prep", "readiness")


@lru_cache(1 << 10)
def hearing_class(text: str) -> str:
    """first, plea, trial, sentence, mention or other, by the words of a hearing's type."""
    words = text.lower()
    if "plea" in words or "ptph" in words:
        return "plea"
    if "trial" in words and not any(other in words for other in _NO_TRIAL):
        return "trial"
    if "sentence" in words:
        return "sentence"
    if "first" in words:
        return "first"
    return "mention" if "mention" in words else "other"


@dataclass(slots=True)
class Sitting:
    """A day of a hearing in one court case: held, or only listed."""

    hearing_id: str
    day: int
    kind: str
    jurisdiction: str
    court_ou: str
    court_name: str
    listed: bool
    box: bool = False
    vacated: bool = False
    defendants: int = 0
    adjournment: bool = False


def sittings(case: CourtCase) -> list[Sitting]:
    """The days of a court case, oldest first, those to come included."""
    held: dict[tuple[str, int], Sitting] = {}
    for snapshot in case.snapshots:
        held[own_id(snapshot.data.hearing_id), snapshot.day] = _held(snapshot)
    for listed in _to_come(case, held):
        held.setdefault((listed.hearing_id, listed.day), listed)
    if len(held) < 2:
        return list(held.values())
    return sorted(held.values(), key=lambda found: (found.day, found.hearing_id))


def _held(snapshot: Snapshot) -> Sitting:
    data = snapshot.data
    defendants, adjourned = 0, False
    for case in data.cases:
        defendants += len(case.defendants)
        for defendant in case.defendants:
            adjourned = adjourned or any(result.adjournment for result in defendant.results)
            for offence in defendant.offences:
                adjourned = adjourned or any(result.adjournment for result in offence.results)
    return Sitting(
        own_id(data.hearing_id), snapshot.day, data.hearing_type or "", data.jurisdiction or "", data.court_ou or "",
        data.court_name or "", False, bool(data.box_hearing), bool(data.vacated_trial), defendants, adjourned,
    )


def _to_come(case: CourtCase, held: dict[tuple[str, int], Sitting]) -> list[Sitting]:
    """Days that are only listed: by the latest sitting's results, by the lists, by the charge file. Of a hearing that
    was moved those where it is now."""
    found: list[Sitting] = []
    last = max((snapshot.day for snapshot in case.snapshots), default=None)
    told: list[Told] = []
    for snapshot in case.snapshots:
        if snapshot.day != last:
            continue
        results = [
            result for of_case in snapshot.data.cases for defendant in of_case.defendants
            for result in (*(one for offence in defendant.offences for one in offence.results), *defendant.results)
        ]
        for result in results:
            if result.next_hearing is not None:
                _take_next(case, result.next_hearing, snapshot, found, told)
    if told or case.listings:
        for hearing in hearings_in_lists(case, told):
            found.extend(
                Sitting(
                    hearing.id, day, hearing.kind, hearing.jurisdiction, hearing.court_ou, hearing.court_name, True
                )
                for day in sorted(hearing.days)
            )
    if not held and case.prosecution is not None and case.prosecution.first_hearing_on:
        day = london_day(case.prosecution.first_hearing_on)
        found.append(
            Sitting(f"listed {case.id}", day, "First hearing", "magistrates", case.prosecution.court_ou or "", "", True)
        )
    of_hearings = [sitting for sitting in found if not sitting.hearing_id.startswith("listed ")]
    days = {day for _, day in held} | {sitting.day for sitting in of_hearings}
    return of_hearings + [
        sitting for sitting in found if sitting.hearing_id.startswith("listed ") and sitting.day not in days
    ]


def _take_next(
    case: CourtCase, following: court.NextHearing, snapshot: Snapshot, found: list[Sitting], told: list[Told]
) -> None:
    """A next hearing that a result names: a word of the lists where it has an id, else a day of its own."""
    if following.listed_for is None or (day := london_day(following.listed_for)) <= snapshot.day:
        return
    kind, jurisdiction = following.hearing_type or "", following.jurisdiction or ""
    ou, name = following.court_ou or "", following.court_name or ""
    if not following.hearing_id:
        found.append(Sitting(f"listed {case.id}", day, kind, jurisdiction, ou, name, True))
        return
    hearing_id, days = own_id(following.hearing_id), {day}
    for at, other in enumerate(told):
        if other.hearing_id == hearing_id and other.state is snapshot.state:  # a result of another offence, perhaps day
            days.update(told.pop(at).days)
            break
    told.append(Told(snapshot.state, hearing_id, "names", tuple(sorted(days)), kind, jurisdiction, ou, name))
