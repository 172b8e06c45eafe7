"""Trial listings.

A trial listing is one hearing and the first sitting day of one fixture (decisions, section 4): a trial of two days
is one, two joined cases are one, a relisting is another. An ineffective or vacated listing ends its fixture. It may be
told by hearings, by records of trial listings, or by nothing but the messages of the lists.
"""

from dataclasses import dataclass, field

from processors.cases.court_model import CourtCase, Snapshot
from processors.cases.hearings import hearing_class
from processors.cases.histories import RecordHistory, RecordState
from processors.cases.ids import own_id, pseudonym
from processors.cases.lists import Hearing, Told, in_time, told_by
from processors.standardise.moments import day_of_ms, instant, london_day, ms_of_day
from schemas import court
from schemas.flow import NO_TIME
from schemas.vocabulary import CRACKED_REASONS, INEFFECTIVE_REASONS, PROSECUTION_ENDED

Current = list[tuple[RecordHistory, RecordState]]


@dataclass(slots=True)
class Listing:
    """A trial listed for a day. `told_at` is the source time of the state that gave the status. `by_list`: nothing but
    the lists tells it, so that it is moved when they are; `listed_at` the time of the last of them; `past` that its day
    had come before the hearing was moved."""

    hearing_id: str
    day: int
    status: str = ""
    told_at: int = NO_TIME
    trial: court.TrialEffectiveness | None = None
    vacated_at: int | None = None
    jurisdiction: str = ""
    court_ou: str = ""
    court_name: str = ""
    section_28: bool | None = None
    days: set[int] = field(default_factory=set)
    cases: dict[str, CourtCase] = field(default_factory=dict)
    sources: set[str] = field(default_factory=set)
    declared: tuple[int, ...] = ()
    by_list: bool = False
    listed_at: int = NO_TIME
    past: bool = False

    @property
    def listing_id(self) -> str:
        return pseudonym("listing", f"{self.hearing_id} {self.day}")

    @property
    def reason(self) -> tuple[str, str, bool, bool]:
        """Reason letter, its group, whether victim or witness related, whether the prosecution ended the case."""
        code = (self.trial.reason_code or "").upper() if self.trial is not None else ""
        if self.status == "cracked":
            return code, CRACKED_REASONS.get(code, ""), code == "J", code in PROSECUTION_ENDED
        if self.status == "ineffective":
            return code, INEFFECTIVE_REASONS.get(code, ""), code == "N3", False
        return code, "", False, False

    def say(self, status: str, told_at: int, trial: court.TrialEffectiveness | None) -> None:
        """Take a status told later than the one held."""
        if told_at >= self.told_at:
            self.status, self.told_at, self.trial = status, told_at, trial


def _status(
    trial: court.TrialEffectiveness | None, effective: bool | None, vacated: bool | None
) -> str:
    if trial is not None and trial.status is not None:
        return trial.status
    if vacated:
        return "vacated"
    return "effective" if effective else ""


def trial_listings(cases: list[CourtCase], listed: Current) -> list[Listing]:
    """The trial listings of a linked case, oldest first. `listed`: the current `court.trial_listing` records."""
    by_hearing: dict[str, list[tuple[Snapshot, CourtCase]]] = {}
    for case in cases:
        for snapshot in case.snapshots:
            data = snapshot.data
            if data.trial is not None or data.effective_trial is not None or data.vacated_trial is not None or (
                data.hearing_type is not None and hearing_class(data.hearing_type) == "trial"
            ):
                by_hearing.setdefault(own_id(data.hearing_id), []).append((snapshot, case))
    found: dict[tuple[str, int], Listing] = {}
    for hearing_id, told in by_hearing.items():
        for listing in _fixtures(hearing_id, told):
            found[listing.hearing_id, listing.day] = listing
    for _, state in listed:
        _take_listed(found, state, cases)
    if any(case.listings for case in cases):
        _take_lists(found, cases)
    if len(found) < 2:
        return list(found.values())
    return sorted(found.values(), key=lambda listing: (listing.day, listing.hearing_id))


def _fixtures(hearing_id: str, told: list[tuple[Snapshot, CourtCase]]) -> list[Listing]:
    """The fixtures of one hearing: its sitting days, cut after each day that ended one."""
    fixtures: list[Listing] = []
    for snapshot, case in sorted(told, key=lambda found: (found[0].day, found[0].state.order)):
        data = snapshot.data
        status = _status(data.trial, data.effective_trial, data.vacated_trial)
        declared = tuple(sorted({london_day(day) for day in data.sitting_days})) or (snapshot.day,)
        now = fixtures[-1] if fixtures else None
        if now is None or _relisted(now, snapshot, status, declared):
            ended = max(now.days) if now is not None else -(1 << 40)
            first = min((day for day in declared if ended < day <= snapshot.day), default=snapshot.day)
            now = Listing(hearing_id, first, declared=declared)
            fixtures.append(now)
        now.days.add(snapshot.day)
        now.declared = declared
        now.cases[case.id] = case
        now.sources.add("court.hearing")
        now.jurisdiction = data.jurisdiction or now.jurisdiction
        now.court_ou = data.court_ou or now.court_ou
        now.court_name = data.court_name or now.court_name
        if status or not now.status:
            now.say(status, snapshot.state.order.time_us, data.trial)
    return fixtures


def _relisted(now: Listing, snapshot: Snapshot, status: str, declared: tuple[int, ...]) -> bool:
    if snapshot.day in now.days:
        return False
    if now.status in ("ineffective", "vacated"):
        trial = snapshot.data.trial
        same = status == now.status and (
            london_day(trial.on) <= max(now.days) if trial is not None and trial.on else declared == now.declared
        )
        return not same
    return now.day not in declared and min(declared) > max(now.days)


def _take_listed(found: dict[tuple[str, int], Listing], state: RecordState, cases: list[CourtCase]) -> None:
    data: court.TrialListing = state.data
    day = london_day(data.listed_for)
    hearing_id = own_id(data.hearing_id)
    listing = found.get((hearing_id, day))
    if listing is None:
        listing = found[hearing_id, day] = Listing(hearing_id, day)
        listing.days.add(day)
    listing.sources.add("court.trial_listing")
    listing.jurisdiction = listing.jurisdiction or data.jurisdiction or ""
    listing.court_ou = listing.court_ou or data.court_ou or ""
    listing.court_name = listing.court_name or data.court_name or ""
    listing.section_28 = data.section_28
    for ids in data.cases:
        for case in cases:
            if case.id == ids.court_case_id or (not ids.court_case_id and ids.urn in case.urns):
                listing.cases[case.id] = case
    vacated = data.vacated_at is not None and instant(data.vacated_at).ms < ms_of_day(day)
    status = _status(data.trial, data.effective_trial, vacated)
    if vacated and data.vacated_at is not None:
        listing.vacated_at = instant(data.vacated_at).ms
        status = "vacated"
    if status or not listing.status:
        listing.say(status, state.order.time_us, data.trial)


def _take_lists(found: dict[tuple[str, int], Listing], cases: list[CourtCase]) -> None:
    """What the lists and the courts' messages about trials say, in the order in which they said it."""
    by_id = {case.id: case for case in cases}
    hearings: dict[str, Hearing] = {}
    told = [(state, patch, case) for case in cases for state, patch in case.listings]
    for state, patch, case in sorted(told, key=lambda one: in_time(one[0])):
        if patch.hearing_id is None:
            continue
        about = [case, *(by_id[name] for name in patch.court_case_ids if name in by_id)]
        if (said := told_by(state, patch)) is not None:
            hearing = hearings.setdefault(said.hearing_id, Hearing(said.hearing_id))
            hearing.take(said)
            _take_days(found, hearing, said, about)
            continue
        ours = [one for one in found.values() if one.hearing_id == own_id(patch.hearing_id)]
        ours.sort(key=lambda one: one.day)
        if patch.patch == "trial_vacated":
            _take_vacated(found, ours, state, patch, case)
        else:
            _take_trial_type(ours, state, patch)
    _drop_superseded(found)


def _take_days(
    found: dict[tuple[str, int], Listing], hearing: Hearing, said: Told, about: list[CourtCase]
) -> None:
    """Where a trial is listed from now on. One that is moved before its day was never in the list of that day; one
    that is moved on it or later was, whatever became of it."""
    ours = [one for one in found.values() if one.hearing_id == hearing.id]
    days, known_at = hearing.days, said.state.known_at
    trial = hearing_class(hearing.kind) == "trial" if hearing.kind else bool(ours)
    first = min(days, default=None) if trial else None
    for one in ours:
        if not one.by_list or one.day == first:
            continue
        if said.does == "deletes" or (not one.status and (known_at is None or known_at < ms_of_day(one.day))):
            del found[one.hearing_id, one.day]
        else:
            one.past = True
    if first is None:
        return
    same = [
        one for one in ours
        if one.day == first or not (one.by_list or (days.isdisjoint(one.days) and days.isdisjoint(one.declared)))
    ]
    listing = same[-1] if same else Listing(hearing.id, first, by_list=True)
    found[hearing.id, listing.day] = listing
    if listing.by_list:
        listing.days = set(days)
        listing.listed_at = said.state.order.time_us
    listing.sources.add("court.patch")
    listing.jurisdiction = listing.jurisdiction or hearing.jurisdiction
    listing.court_ou = listing.court_ou or hearing.court_ou
    listing.court_name = listing.court_name or hearing.court_name
    listing.cases |= {case.id: case for case in about}


def _drop_superseded(found: dict[tuple[str, int], Listing]) -> None:
    """A hearing that was shared later on other days was moved, also where no list said so."""
    for key, listing in list(found.items()):
        if listing.by_list and not listing.status and not listing.past and any(
            one.hearing_id == listing.hearing_id and not one.by_list and one.day >= listing.day
            and one.told_at > listing.listed_at for one in found.values()
        ):
            del found[key]


def _days_of(patch: court.Patch) -> list[int]:
    days = [london_day(moment) for moment in patch.listed_for]
    return days or ([london_day(patch.at)] if patch.at else [])


def _told_on(state: RecordState) -> int | None:
    return None if state.known_at is None else day_of_ms(state.known_at)


def _take_vacated(
    found: dict[tuple[str, int], Listing], ours: list[Listing], state: RecordState, patch: court.Patch, case: CourtCase
) -> None:
    """A trial is vacated: that of the day which the message names, else the next one. Without a reason it is vacated
    no more."""
    trial, days, on = patch.trial, _days_of(patch), _told_on(state)
    undone = not patch.reason and (trial is None or not (trial.reason_id or trial.reason_code or trial.status))
    if not ours and days and not undone and patch.hearing_id:
        hearing_id = own_id(patch.hearing_id)
        listing = found[hearing_id, days[0]] = Listing(hearing_id, days[0])
        listing.days.add(days[0])
        listing.cases[case.id] = case
        ours = [listing]
    meant = [one for one in ours if one.day in days]
    if not meant and undone:
        meant = [one for one in ours if one.status == "vacated"][-1:]
    if not meant and on is not None:
        meant = [one for one in ours if one.day >= on][:1]
    for listing in meant or ours[-1:]:
        listing.sources.add("court.patch")
        if state.order.time_us < listing.told_at:
            continue
        if not undone:
            listing.say("vacated", state.order.time_us, trial)
            listing.vacated_at = state.known_at
        elif listing.status == "vacated":
            listing.say("", state.order.time_us, None)
            listing.vacated_at = None


def _take_trial_type(ours: list[Listing], state: RecordState, patch: court.Patch) -> None:
    """What became of a trial: of that which was listed last by the day that the message names, or on which it came."""
    trial, days = patch.trial, _days_of(patch)
    status = _status(trial, patch.effective_trial, None)
    day = london_day(trial.on) if trial is not None and trial.on else days[0] if days else _told_on(state)
    for listing in ours[-1:] if day is None else [one for one in ours if one.day <= day][-1:] or ours[:1]:
        listing.sources.add("court.patch")
        if status:
            listing.say(status, state.order.time_us, trial)
