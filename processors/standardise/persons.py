"""A record's state -> what it says of people: one short function a kind.

A person is named by the id that their agency's system has for them, so that all its records that tell of them tell of
one person record; without such an id a person is named by the record and their place in it.
"""

from collections.abc import Callable, Iterable, Sequence
from typing import Any, NamedTuple

from pydantic import BaseModel

from processors.standardise.identifiers import kinds
from processors.standardise.moments import instant_us
from schemas import court, cps, hmpps, police, thin
from schemas.flow import NO_TIME
from schemas.people import Person, PersonName, Victim
from schemas.person_facts import (
    DecisionFacts,
    MatchFacts,
    NameFacts,
    PeopleFacts,
    PersonFacts,
    Role,
    named_defendant,
    person_record_id,
)


class Said(NamedTuple):
    """What a record's state says of people; `facts` is None where it is nothing. `identifiers`: kind and text of all
    that people are known by in it, with repeats."""

    facts: PeopleFacts | None
    identifiers: Sequence[tuple[str, str]]


class _Told:
    """The persons of one record as they are gathered, each once: what is said first of one counts."""

    def __init__(self, source: str, record_id: str, time: str | None) -> None:
        self._source = source
        self._record_id = record_id
        self._time = time
        self.persons: dict[str, PersonFacts] = {}
        self.identifiers: list[tuple[str, str]] = []

    def take(self, role: Role, what: str, own_id: str | None, person: Person | None, **more: Any) -> None:
        """One person under their own id, if anything is said of them."""
        if person is None:
            return
        known_by = (
            (kinds.PNC, person.pnc), (kinds.CRO, person.cro), (kinds.NINO, person.nino),
            (kinds.DRIVER_NUMBER, person.driver_number), (kinds.PRISON_NUMBER, more.get("prison_number")),
            (kinds.CRN, more.get("crn")),
        )  # fmt: skip
        self.identifiers += ((kind, raw) for kind, raw in known_by if raw is not None)
        if own_id is None:
            named = person_record_id(self._record_id, what, str(len(self.persons)))
        else:
            named = person_record_id(self._source, what, own_id)
        if named in self.persons:
            return
        names = person.name, *person.aliases
        self.persons[named] = PersonFacts(
            named, role, tuple(_name(one) for one in names), person.date_of_birth,
            person.address.postcode if person.address is not None else None, person.pnc, person.cro,
            other_births=tuple(one.date_of_birth for one in names if one.date_of_birth is not None), **more,
        )  # fmt: skip

    def told_us(self, value: str | None) -> int | None:
        """When a value was told that a later one replaces; None where there is none."""
        return _instant(self._time) if value is not None else None


def _name(name: PersonName) -> NameFacts:
    return NameFacts(name.first, name.middle, name.last)


def _victims(told: _Told, victims: Iterable[Victim]) -> None:
    for victim in victims:
        if victim.kind == "person":
            told.take("victim", "victim", victim.victim_id, victim.person)


def _defendants(told: _Told, defendants: Iterable[court.CourtDefendant]) -> None:
    for defendant in defendants:
        told.take(
            "defendant", *named_defendant(defendant.defendant_id, defendant.libra_defendant_id), defendant.person,
            master_defendant_id=defendant.master_defendant_id, youth=bool(defendant.youth),
            master_told_us=told.told_us(defendant.master_defendant_id), defendant_id=defendant.defendant_id,
        )  # fmt: skip
        for offence in defendant.offences:
            _victims(told, offence.victims)


def _crime(told: _Told, data: police.Crime) -> None:
    _victims(told, data.victims)


def _suspect(told: _Told, data: police.Suspect | police.Arrest) -> None:
    told.take("suspect", "suspect", data.suspect_id, data.person)


def _prosecution(told: _Told, data: police.Prosecution) -> None:
    for defendant in data.defendants:
        told.take("defendant", "asn", defendant.asn, defendant.person)
        for offence in defendant.offences:
            _victims(told, offence.victims)


def _cps(told: _Told, data: cps.Consultation | cps.Decision | cps.FileReview | cps.DefendantOutcome) -> None:
    told.take("defendant", "proceeding", data.proceeding.proceeding_id, data.proceeding.person)


def _court(told: _Told, data: court.CourtCase | court.ResultedCase | court.Patch) -> None:
    _defendants(told, data.defendants)


def _hearing(told: _Told, data: court.Hearing) -> None:
    for case in data.cases:
        _defendants(told, case.defendants)
    for application in data.applications:
        if application.subject is not None:
            _defendants(told, (application.subject,))


def _prisoner(told: _Told, data: hmpps.Prisoner) -> None:
    dates = (data.sentence_started_on,) if data.sentence_started_on is not None else ()
    told.take(
        "offender", "prison_number", data.prison_number, data.person,
        prison_number=data.prison_number, crn=data.crn, sentence_dates=dates,
    )  # fmt: skip


def _probation_case(told: _Told, data: hmpps.ProbationCase) -> None:
    told.take(
        "offender", "crn", data.crn, data.person,
        prison_number=data.prison_number, crn=data.crn, sentence_dates=data.sentence_dates,
    )  # fmt: skip


PERSONS_OF: dict[type[BaseModel], Callable[[_Told, Any], None]] = {
    police.Crime: _crime,
    police.Suspect: _suspect,
    police.Arrest: _suspect,
    police.Prosecution: _prosecution,
    cps.Consultation: _cps,
    cps.Decision: _cps,
    cps.FileReview: _cps,
    cps.DefendantOutcome: _cps,
    court.CourtCase: _court,
    court.Hearing: _hearing,
    court.ResultedCase: _court,
    court.Patch: _court,
    hmpps.Prisoner: _prisoner,
    hmpps.ProbationCase: _probation_case,
}
"""The records that tell of people. Others decide about them: see `said_of_people`."""


def said_of_people(source: str, record_id: str, data: BaseModel, time: str | None) -> Said:
    """What a record's state says of people. `time`: the event's, by which decisions, matches and master defendants are
    ordered."""
    if isinstance(data, thin.Merge | thin.Unmerge | thin.PersonDecision):
        return Said(_decision(source, data, _instant(time)), ())
    if isinstance(data, thin.Match):
        return Said(_match(source, data, _instant(time)), ())
    told_by = PERSONS_OF.get(type(data))
    if told_by is None:
        return Said(None, ())
    told = _Told(source, record_id, time)
    told_by(told, data)
    return Said(PeopleFacts(tuple(told.persons.values())) if told.persons else None, told.identifiers)


def _instant(time: str | None) -> int:
    return NO_TIME if time is None else instant_us(time)


def _decision(source: str, data: thin.Merge | thin.Unmerge | thin.PersonDecision, time_us: int) -> PeopleFacts:
    if isinstance(data, thin.PersonDecision):
        first, second = (person_record_id(one.source, one.id_kind, one.own_id) for one in (data.first, data.second))
        return PeopleFacts(decision=DecisionFacts(data.decision, first, second, time_us))
    if isinstance(data, thin.Merge):
        ids = data.merged_id, data.kept_id
    else:
        ids = data.reactivated_id, data.unmerged_from_id
    first, second = (person_record_id(source, data.id_kind, own_id) for own_id in ids)
    return PeopleFacts(
        decision=DecisionFacts("merge" if isinstance(data, thin.Merge) else "unmerge", first, second, time_us)
    )


def _match(source: str, data: thin.Match, time_us: int) -> PeopleFacts:
    """A match with another defendant is a decision about two person records; what it says of the defendant's master
    goes with the defendant's own record, since who else is of that master changes."""
    first = person_record_id(source, "defendant", data.defendant_id)
    decision = None
    if data.matched_defendant_id is not None:
        second = person_record_id(source, "defendant", data.matched_defendant_id)
        decision = DecisionFacts("include" if data.matched else "exclude", first, second, time_us)
    match = MatchFacts(first, data.matched, data.master_defendant_id, decision is not None, time_us)
    return PeopleFacts(decision=decision, match=match)
