"""Proceedings at the CPS: one suspect in one set of proceedings, from all consultations, decisions and reviews."""

from processors.cases.court_model import CourtCase, Defendant, ms_of
from processors.cases.flag_facts import facts_of_record
from processors.cases.flags.rule_set import NO_FACTS, Facts, RuleSet
from processors.cases.histories import RecordHistory, RecordState
from processors.cases.ids import asn_of, canon, pseudonym
from processors.cases.investigation import Crime
from processors.cases.offences import OffenceList
from processors.cases.suspects import Suspect
from processors.cases.who_is_who import find_defendant
from processors.standardise.moments import instant
from schemas import cps
from schemas.people import Person
from schemas.person_facts import person_record_id

Current = list[tuple[RecordHistory, RecordState]]
_KINDS = ("cps.consultation", "cps.decision", "cps.file_review", "cps.defendant_outcome")
CONVICTED = frozenset({"guilty_plea", "convicted_after_trial", "proved_in_absence"})


class Proceeding:
    """A proceeding, as known. Lists are in the order of their moments."""

    __slots__ = ("asns", "consultations", "cps_ids", "crimes", "decisions", "defendant", "facts", "key", "of",
                 "outcome", "person_keys", "persons", "reviews", "suspect")

    def __init__(self, key: str, of: cps.Proceeding) -> None:
        self.key = key
        self.of = of
        self.consultations: list[tuple[RecordHistory, cps.Consultation]] = []
        self.decisions: list[tuple[RecordHistory, cps.Decision]] = []
        self.reviews: list[tuple[RecordHistory, cps.FileReview]] = []
        self.outcome: cps.DefendantOutcome | None = None
        self.facts: Facts = NO_FACTS
        self.asns: set[str] = set()
        self.cps_ids: set[str] = set()
        self.persons: list[Person] = []
        self.person_keys: set[str] = set()
        self.suspect: Suspect | None = None
        self.defendant: Defendant | None = None
        self.crimes: list[Crime] = []

    @property
    def person_key(self) -> str:
        """The person record under which people linking knows whom it is about: that of the CPS, else the suspect's;
        empty where nothing is told of them as a person."""
        if self.person_keys:
            return min(self.person_keys)
        return self.suspect.person_key if self.suspect is not None else ""

    @property
    def referral(self) -> cps.Consultation | None:
        """The first consultation received."""
        return self.consultations[0][1] if self.consultations else None

    @property
    def legal(self) -> cps.Decision | None:
        """The legal decision: a charge once there is one, else the latest; a pending response is none."""
        latest: cps.Decision | None = None
        for _, decision in self.decisions:
            if decision.decision != "pending" and (latest is None or latest.decision != "charge"):
                latest = decision
        return latest

    @property
    def live(self) -> bool:
        """Before charge, with police or CPS still to act."""
        return self.legal is None and self.outcome is None

    @property
    def with_party(self) -> str:
        """Who acts next, while live: the police after a pending response, else as the last consultation says."""
        if not self.live:
            return ""
        last = self.consultations[-1][1] if self.consultations else None
        pending = self.decisions[-1][1] if self.decisions else None
        asked = ms_of(last.received_at) if last is not None else None
        answered = ms_of(pending.decision_at) if pending is not None else None
        if answered is not None and (asked is None or answered >= asked):
            return "police"
        return (last.with_party or "cps") if last is not None else ""


def proceedings_of(
    by_kind: dict[str, Current], crimes: list[Crime], suspects: list[Suspect], courts: list[CourtCase], rules: RuleSet,
    listed: OffenceList,
) -> list[Proceeding]:
    """The proceedings of a case, in the order of their ids, tied to their suspect, defendant and crimes."""
    if not any(kind in by_kind for kind in _KINDS):
        return []
    found: dict[str, Proceeding] = {}
    for kind in _KINDS:
        for history, state in by_kind.get(kind, ()):
            of: cps.Proceeding = state.data.proceeding
            held = found.get(of.proceeding_id)
            if held is None:
                held = found[of.proceeding_id] = Proceeding(pseudonym("proceeding", of.proceeding_id), of)
            _take(held, kind, history, state)
            if of.asn:
                held.asns.add(asn_of(of.asn))
            if of.cps_defendant_id:
                held.cps_ids.add(canon(of.cps_defendant_id))
            if of.person is not None:
                held.persons.append(of.person)
                held.person_keys.add(person_record_id(history.source, "proceeding", of.proceeding_id))
            held.facts |= facts_of_record(rules, listed, history).told[-1].facts  # the CPS's flags stay
    for held in found.values():
        held.consultations.sort(key=lambda told: (instant(told[1].received_at).ms, told[0].record_id))
        held.decisions.sort(key=lambda told: (ms_of(told[1].decision_at) or 0, told[0].record_id))
        of = held.of
        refs = {canon(ref) for ref in of.crime_refs}
        held.suspect = next((one for one in suspects if of.proceeding_id in one.proceeding_ids), None)
        if held.suspect is not None:
            held.suspect.proceedings.append(held)
            refs = refs or held.suspect.refs
        for crime in crimes:
            if crime.ref in refs or (not refs and len(crimes) == 1):
                held.crimes.append(crime)
                crime.proceedings.append(held)
        for case in courts:
            held.defendant = held.defendant or find_defendant(
                case, asns=sorted(held.asns), cps_ids=sorted(held.cps_ids), persons=held.persons
            )
    return [found[name] for name in sorted(found)] if len(found) > 1 else list(found.values())


def _take(held: Proceeding, kind: str, history: RecordHistory, state: RecordState) -> None:
    if kind == "cps.consultation":
        held.consultations.append((history, state.data))
    elif kind == "cps.decision":
        held.decisions.append((history, state.data))
    elif kind == "cps.file_review":
        held.reviews.append((history, state.data))
    elif held.outcome is None or ms_of(state.data.completed_at) >= ms_of(held.outcome.completed_at):  # type: ignore[operator]
        held.outcome = state.data
