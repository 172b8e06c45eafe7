"""A linked case, put together once; the row makers read it."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from processors.cases.attrition import Progress, ToldOutcome, outcomes_of, progress
from processors.cases.charge_links import link_offences
from processors.cases.charging import Proceeding, proceedings_of
from processors.cases.court_facts import gather
from processors.cases.court_model import CourtCase, Defendant
from processors.cases.flags.rule_set import NO_FACTS, Facts, RuleSet
from processors.cases.hearings import Sitting, sittings
from processors.cases.histories import RecordHistory, RecordState
from processors.cases.ids import asn_of
from processors.cases.investigation import Crime, crimes_of, tie_suspects
from processors.cases.judged import Judged, judge
from processors.cases.offences import UNKNOWN, OffenceList
from processors.cases.offences import Offence as Sort
from processors.cases.suspects import Suspect, suspects_of
from processors.cases.trial_listings import Listing, trial_listings
from processors.cases.who_is_who import find_defendant
from processors.standardise.moments import age_on, instant
from schemas import court
from schemas.people import Person

Current = list[tuple[RecordHistory, RecordState]]


class CaseFacts(NamedTuple):
    """The facts that flags are made of: of the whole case, of each crime and of each defendant, by key."""

    whole: Facts
    crimes: dict[str, Facts]
    defendants: dict[str, Facts]


@dataclass(slots=True)
class Linked:
    """Everything of one case, tied together. `judged` by court case id; `sittings` too; facts are what
    the flags are made of."""

    case_id: str
    force: str
    histories: Sequence[RecordHistory]
    by_kind: dict[str, Current]
    crimes: list[Crime]
    outcomes: dict[str, list[ToldOutcome]]
    progress: dict[str, Progress]
    suspects: list[Suspect]
    proceedings: list[Proceeding]
    courts: list[CourtCase]
    judged: dict[str, list[Judged]]
    links: dict[str, tuple[str, str]]
    sittings: dict[str, list[Sitting]]
    listings: list[Listing]
    sort: Sort
    offence_code: str
    flags: tuple[str, ...]
    defendant_flags: dict[str, tuple[str, ...]]
    crime_flags: dict[str, tuple[str, ...]]
    facts: CaseFacts
    rules: RuleSet
    listed: OffenceList


def put_together(
    case_id: str, histories: Sequence[RecordHistory], by_kind: dict[str, Current], listed: OffenceList,
    rules: RuleSet,
) -> Linked:
    """Tie the current states of a case's records together (decisions, section 3)."""
    crimes = crimes_of(by_kind, histories, listed, rules)
    suspects = suspects_of(by_kind)
    tie_suspects(crimes, suspects)
    courts = gather(by_kind)
    judged: dict[str, list[Judged]] = {}
    links: dict[str, tuple[str, str]] = {}
    days: dict[str, list[Sitting]] = {}
    first_hearings: dict[str, int] = {}
    every: list[Judged] = []
    if courts:
        for case in courts:
            judged[case.id] = [judge(defendant, offence, listed, rules) for defendant, offence in case.offences]
            every += judged[case.id]
            days[case.id] = sittings(case)
            _first_hearings(case, days[case.id], first_hearings)
        links = link_offences(crimes, every)
        for suspect in suspects:
            for case in courts:
                suspect.defendant = suspect.defendant or find_defendant(
                    case, asns=sorted(suspect.asns), persons=suspect.persons
                )
    proceedings = proceedings_of(by_kind, crimes, suspects, courts, rules, listed)
    outcomes = {crime.key: outcomes_of(crime) for crime in crimes}
    stood = {crime.key: progress(crime, outcomes[crime.key], first_hearings) for crime in crimes}
    sort, code = _principal(crimes, every, proceedings)
    facts = _facts(crimes, courts, judged, proceedings, rules)
    return Linked(
        case_id, force_of(crimes, by_kind, proceedings, courts), histories, by_kind, crimes, outcomes, stood, suspects,
        proceedings, courts, judged, links, days,
        trial_listings(courts, by_kind.get("court.trial_listing", [])), sort, code,
        rules.flags(facts.whole), {key: rules.flags(held) for key, held in facts.defendants.items()},
        {key: rules.flags(held) for key, held in facts.crimes.items()}, facts, rules, listed,
    )


def untie(linked: Linked) -> None:
    """Undo what leads in circles, once the rows are made: all of the case is then freed at once, and workers need not
    have garbage collected after each chunk, which took a tenth of their time."""
    for proceeding in linked.proceedings:
        proceeding.suspect = None
        proceeding.crimes = []


def _first_hearings(case: CourtCase, days: list[Sitting], found: dict[str, int]) -> None:
    """The first sitting day of each defendant; of one who was told only elsewhere that of the case."""
    held = min((sitting.day for sitting in days if not sitting.listed), default=None)
    for defendant in case.defendants:
        first = min(defendant.days, default=held)
        if first is not None:
            found[defendant.key] = first


def _principal(crimes: list[Crime], judged: list[Judged], proceedings: list[Proceeding]) -> tuple[Sort, str]:
    """The offence of the case: the gravest crime, else the gravest charge."""
    if crimes:
        gravest = min(crimes, key=lambda crime: (gravity(crime.sort), crime.ref)) if len(crimes) > 1 else crimes[0]
        return gravest.sort, gravest.data.offence_code or (judged[0].offence.code if judged else "")
    if judged:
        first = min(judged, key=lambda one: (gravity(one.sort), one.offence.key))
        return first.sort, first.offence.code
    return UNKNOWN, ""


_GRAVEST = ("Homicide", "Rape", "Other sexual offences", "Violence with injury")


@lru_cache(1 << 12)
def gravity(sort: Sort) -> int:
    """A coarse order of gravity, least first: the class number within four groups known to be graver."""
    if sort.subgroup in _GRAVEST:
        return _GRAVEST.index(sort.subgroup)
    return 10 + (sort.number or 900)


def _facts(
    crimes: list[Crime], courts: list[CourtCase], judged: dict[str, list[Judged]], proceedings: list[Proceeding],
    rules: RuleSet,
) -> CaseFacts:
    """The facts of the case, of each defendant and of each crime (decisions, section 7)."""
    by_crime: dict[str, Facts] = {}
    for crime in crimes:
        own = crime.facts
        if crime.link and crime.link != "case_level":
            for one in crime.judged:
                own |= one.facts
        by_crime[crime.key] = own
    whole: Facts = NO_FACTS.union(*by_crime.values())
    by_defendant: dict[str, Facts] = {}
    for case in courts:
        marked = rules.of_markers(case.markers) if case.markers else NO_FACTS
        for defendant in case.defendants:
            by_defendant[defendant.key] = by_defendant.get(defendant.key, marked) | marked
        for one in judged[case.id]:
            by_defendant[one.defendant.key] |= one.facts
    for crime in crimes:
        if by_crime[crime.key]:
            for one in crime.judged:
                by_defendant[one.defendant.key] |= by_crime[crime.key]
    for proceeding in proceedings:
        whole |= proceeding.facts
        if proceeding.defendant is not None:
            by_defendant[proceeding.defendant.key] |= proceeding.facts
    for held in by_defendant.values():
        whole |= held
    return CaseFacts(whole, by_crime, by_defendant)


def force_of(
    crimes: list[Crime], by_kind: dict[str, Current], proceedings: list[Proceeding], courts: list[CourtCase]
) -> str:
    """The force of the originating crime: that recorded first; else of the suspect or arrest, the CPS record, or the
    first two digits of the URN."""
    if crimes:
        first = crimes[0]
        if len(crimes) > 1:
            first = min(crimes, key=lambda crime: (instant(crime.data.recorded_at).ms, crime.ref))
        return first.data.force
    for kind in ("police.suspect", "police.arrest"):
        for _, state in by_kind.get(kind, ()):
            return str(state.data.force)
    for proceeding in proceedings:
        if proceeding.of.force:
            return proceeding.of.force
    for case in courts:
        for urn in sorted(case.urns):
            if urn[:2].isdigit():
                return urn[:2]
    return ""


class Traits(NamedTuple):
    """The characteristics that a profile needs; age in whole years on a day."""

    sex: str
    birth_month: str
    age: int | None
    ethnicity_self: str
    ethnicity_observed: str


NO_TRAITS = Traits("", "", None, "", "")


def traits(persons: Sequence[Person], on: int | None) -> Traits:
    """Of a person whom several records describe: the first that says it counts."""
    if not persons:
        return NO_TRAITS
    sex = born = by_self = observed = None
    for person in persons:
        sex = sex or person.sex
        born = born or person.date_of_birth
        by_self = by_self or person.ethnicity_self
        observed = observed or person.ethnicity_observed
    return Traits(
        sex or "", born[:7] if born else "", age_on(born, on) if born and on is not None else None, by_self or "",
        observed or "",
    )


def defendant_of(linked: Linked, ref: court.DefendantRef) -> tuple[CourtCase | None, Defendant | None]:
    """Whom a remand or warrant is about."""
    for case in linked.courts:
        if ref.court_case_id and ref.court_case_id != case.id and not case.id.startswith("urn:"):
            continue
        found = find_defendant(case, ref.defendant_id, (asn_of(ref.asn),) if ref.asn else ())
        if found is not None:
            return case, found
    for case in linked.courts:
        if case.id == ref.court_case_id or (ref.urn and ref.urn in case.urns):
            return case, case.defendants[0] if len(case.defendants) == 1 else None
    return None, None
