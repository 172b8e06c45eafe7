"""Hearings and trial listings.

A trial listing is one hearing and the first sitting day of one fixture (decisions, section 4): a trial of two days
is one, two joined cases are one, a relisting is another. An ineffective or vacated listing ends its fixture.
"""

from dataclasses import dataclass, field
from functools import lru_cache

from processors.cases.court_model import CourtCase, Snapshot
from processors.cases.histories import RecordHistory, RecordState
from processors.cases.ids import pseudonym
from processors.standardise.moments import instant, london_day, ms_of_day
from schemas import court
from schemas.vocabulary import CRACKED_REASONS, INEFFECTIVE_REASONS, PROSECUTION_ENDED

Current = list[tuple[RecordHistory, RecordState]]


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
        held[snapshot.data.hearing_id, snapshot.day] = _held(snapshot)
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
        data.hearing_id, snapshot.day, data.hearing_type or "", data.jurisdiction or "", data.court_ou or "",
        data.court_name or "", False, bool(data.box_hearing), bool(data.vacated_trial), defendants, adjourned,
    )


def _to_come(case: CourtCase, held: dict[tuple[str, int], Sitting]) -> list[Sitting]:
    """Days that are only listed: by the latest sitting's results, by patches, by the charge file."""
    found: list[Sitting] = []
    last = max((snapshot.day for snapshot in case.snapshots), default=None)
    for snapshot in case.snapshots:
        if snapshot.day != last:
            continue
        for told in snapshot.data.cases:
            for defendant in told.defendants:
                for offence in defendant.offences:
                    for result in offence.results:
                        if result.next_hearing is not None:
                            found.extend(_next(case, result.next_hearing, snapshot.day))
                for result in defendant.results:
                    if result.next_hearing is not None:
                        found.extend(_next(case, result.next_hearing, snapshot.day))
    cancelled: set[tuple[str, int | None]] = set()
    for _, patch in case.patches:
        days = [london_day(moment) for moment in patch.listed_for]
        if patch.patch in ("hearing_listed", "hearing_extended") and patch.hearing_id:
            found.extend(
                Sitting(
                    patch.hearing_id, day, patch.hearing_type or "", patch.jurisdiction or "", patch.court_ou or "",
                    patch.court_name or "", True,
                )
                for day in days
            )
        elif patch.patch == "hearing_deleted" and patch.hearing_id:
            cancelled.add((patch.hearing_id, None))
        elif patch.patch == "hearing_day_cancelled" and patch.hearing_id:
            cancelled.update((patch.hearing_id, day) for day in days)
    days_held = {day for _, day in held}
    if not held and case.prosecution is not None and case.prosecution.first_hearing_on:
        day = london_day(case.prosecution.first_hearing_on)
        found.append(
            Sitting(f"listed {case.id}", day, "First hearing", "magistrates", case.prosecution.court_ou or "", "", True)
        )
    return [
        sitting for sitting in found
        if (sitting.hearing_id, None) not in cancelled and (sitting.hearing_id, sitting.day) not in cancelled
        and not (sitting.hearing_id.startswith("listed ") and sitting.day in days_held)
    ]


def _next(case: CourtCase, told: court.NextHearing, after: int) -> list[Sitting]:
    if told.listed_for is None or (day := london_day(told.listed_for)) <= after:
        return []
    return [
        Sitting(
            told.hearing_id or f"listed {case.id}", day, told.hearing_type or "", told.jurisdiction or "",
            told.court_ou or "", told.court_name or "", True,
        )
    ]


@dataclass(slots=True)
class Listing:
    """A trial listed for a day. `told_at` is the source time of the state that gave the status."""

    hearing_id: str
    day: int
    status: str = ""
    told_at: int = -(1 << 62)
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
                by_hearing.setdefault(data.hearing_id, []).append((snapshot, case))
    if not by_hearing and not listed:
        return []
    found: dict[tuple[str, int], Listing] = {}
    for hearing_id, told in by_hearing.items():
        for listing in _fixtures(hearing_id, told):
            found[listing.hearing_id, listing.day] = listing
    for _, state in listed:
        _take_listed(found, state, cases)
    for case in cases:
        for state, patch in case.patches:
            if patch.patch in ("trial_type", "trial_vacated") and patch.hearing_id:
                _take_patch(found, state, patch, case)
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
    listing = found.get((data.hearing_id, day))
    if listing is None:
        listing = found[data.hearing_id, day] = Listing(data.hearing_id, day)
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


def _take_patch(
    found: dict[tuple[str, int], Listing], state: RecordState, patch: court.Patch, case: CourtCase
) -> None:
    """A trial type or a vacated trial told apart; a vacated trial without a reason is one no more."""
    ours = [listing for listing in found.values() if listing.hearing_id == patch.hearing_id]
    at = london_day(patch.at) if patch.at else None
    days = [london_day(moment) for moment in patch.listed_for] or ([at] if at is not None else [])
    trial = patch.trial
    if patch.patch == "trial_vacated":
        undone = not patch.reason and (trial is None or not (trial.reason_id or trial.reason_code or trial.status))
        if not ours and days and not undone and patch.hearing_id:
            listing = found[patch.hearing_id, days[0]] = Listing(patch.hearing_id, days[0])
            listing.cases[case.id] = case
            ours = [listing]
        for listing in ours[-1:] if not days else [one for one in ours if one.day in days] or ours[-1:]:
            listing.sources.add("court.patch")
            if state.order.time_us < listing.told_at:
                continue
            if undone:
                if listing.status == "vacated":
                    listing.say("", state.order.time_us, None)
                    listing.vacated_at = None
            else:
                listing.say("vacated", state.order.time_us, trial)
                listing.vacated_at = state.known_at
        return
    status = _status(trial, patch.effective_trial, None)
    day = london_day(trial.on) if trial is not None and trial.on else days[0] if days else None
    for listing in ours[-1:] if day is None else [one for one in ours if one.day <= day][-1:] or ours[-1:]:
        listing.sources.add("court.patch")
        if status:
            listing.say(status, state.order.time_us, trial)
