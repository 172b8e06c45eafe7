"""Crimes and suspects as they are known: what police, CPS and courts say of one crime or one suspect, put together."""

from collections.abc import Iterable, Sequence
from typing import Any

from processors.cases.court_model import Defendant
from processors.cases.flag_facts import facts_of_record
from processors.cases.flags.rule_set import NO_FACTS, Facts, RuleSet
from processors.cases.histories import RecordHistory, RecordState
from processors.cases.ids import asn_of, canon, pseudonym
from processors.cases.judged import Judged
from processors.cases.offences import UNKNOWN, OffenceList, of_crime
from processors.cases.offences import Offence as Sort
from processors.cases.who_is_who import name_key
from processors.standardise.moments import instant
from schemas import cps, police
from schemas.people import Person
from schemas.person_facts import person_record_id

Current = list[tuple[RecordHistory, RecordState]]


class Crime:
    """A recorded crime, with what is linked to it."""

    __slots__ = ("arrests", "data", "facts", "histories", "incident_at", "judged", "key", "link", "outcomes",
                 "proceedings", "ref", "sort", "suspects")

    def __init__(self, key: str, ref: str, data: police.Crime) -> None:
        self.key = key
        self.ref = ref
        self.data = data
        self.histories: list[RecordHistory] = []
        self.sort: Sort = UNKNOWN
        self.facts: Facts = NO_FACTS
        self.incident_at: str | None = None
        self.outcomes: list[RecordHistory] = []
        self.suspects: list[Suspect] = []
        self.arrests: list[tuple[RecordHistory, police.Arrest]] = []
        self.proceedings: list[Any] = []
        self.judged: list[Judged] = []
        self.link = ""


class Suspect:
    """A person suspected, whoever told of them first."""

    __slots__ = ("arrests", "asn", "defendant", "identified_at", "interviewed_at", "key", "name", "person_keys",
                 "persons", "proceedings", "refs", "sources", "suspect_id")

    def __init__(self, key: str) -> None:
        self.key = key
        self.suspect_id: str | None = None
        self.asn = ""
        self.name = ""
        self.refs: set[str] = set()
        self.persons: list[Person] = []
        self.person_keys: set[tuple[int, str]] = set()
        self.identified_at: str | None = None
        self.interviewed_at: str | None = None
        self.arrests: list[tuple[RecordHistory, police.Arrest]] = []
        self.proceedings: list[Any] = []
        self.defendant: Defendant | None = None
        self.sources: set[str] = set()

    @property
    def person_key(self) -> str:
        """The person record under which people linking knows the suspect: the police's before that of an arrest, of the
        CPS and of the courts; empty where nothing is told of them as a person."""
        if self.person_keys:
            return min(self.person_keys)[1]
        return self.defendant.person_key if self.defendant is not None else ""

    def know(
        self, suspect_id: str | None, asn: str | None, person: Person | None, refs: Iterable[str],
        person_key: tuple[int, str],
    ) -> None:
        """Take what one record says; `person_key`: the person record that it tells of where it tells of a person, and
        after which others that counts."""
        self.suspect_id = self.suspect_id or suspect_id
        if asn and not self.asn:
            self.asn = asn_of(asn)
        if person is not None:
            self.persons.append(person)
            self.person_keys.add(person_key)
            self.name = self.name or name_key(person)
        self.refs.update(canon(ref) for ref in refs)


def crimes_of(
    by_kind: dict[str, Current], histories: Sequence[RecordHistory], listed: OffenceList, rules: RuleSet
) -> list[Crime]:
    """The crimes of a case, in the order of their references; a crime that two records tell is one. Outcomes that
    were deleted belong to the history too, so they are found among all `histories`."""
    told = by_kind.get("police.crime")
    if not told:
        return []
    found: dict[str, Crime] = {}
    for history, state in told:
        data: police.Crime = state.data
        ref = canon(data.crime_ref)
        crime = found.get(ref)
        if crime is None:
            crime = found[ref] = Crime(history.record_id, ref, data)
            crime.sort = of_crime(data.ho_code, data.offence_code, data.category, listed)
            crime.facts = facts_of_record(rules, listed, history).told[-1].facts
        crime.histories.append(history)
    for history in histories:
        if history.kind == "police.crime_outcome":
            said = next((state.data for state in reversed(history.states) if not state.deleted), None)
            crime = found.get(canon(said.crime_ref)) if said is not None else None
            if crime is not None:
                crime.outcomes.append(history)
    for _, state in by_kind.get("police.incident", ()):
        incident: police.Incident = state.data
        refs = {canon(ref) for ref in incident.crime_refs}
        for crime in found.values():
            if crime.ref in refs or crime.data.incident_ref == incident.incident_ref:
                crime.incident_at = min(
                    (moment for moment in (crime.incident_at, incident.reported_at) if moment),
                    key=lambda moment: instant(moment).ms,
                )
    return [found[ref] for ref in sorted(found)] if len(found) > 1 else list(found.values())


def suspects_of(by_kind: dict[str, Current], crimes: list[Crime]) -> list[Suspect]:
    """The suspects of a case, and their arrests: by suspect id, else ASN, else name and birth date."""
    found: list[Suspect] = []
    for history, state in by_kind.get("police.suspect", ()):
        data: police.Suspect = state.data
        suspect = find_suspect(found, data.suspect_id, data.asn, data.person)
        if suspect is None:
            suspect = Suspect(pseudonym("suspect", data.suspect_id))
            found.append(suspect)
        named = (0, person_record_id(history.source, "suspect", data.suspect_id))
        suspect.know(data.suspect_id, data.asn, data.person, data.crime_refs, named)
        suspect.identified_at = suspect.identified_at or data.identified_at
        suspect.interviewed_at = suspect.interviewed_at or data.interviewed_at
        suspect.sources.add(history.kind)
    for history, state in by_kind.get("police.arrest", ()):
        arrest: police.Arrest = state.data
        suspect = find_suspect(found, arrest.suspect_id, arrest.asn, arrest.person)
        if suspect is None:
            called = ("suspect", arrest.suspect_id) if arrest.suspect_id else (
                ("asn", asn_of(arrest.asn)) if arrest.asn else ("arrest", arrest.arrest_ref)
            )
            suspect = Suspect(pseudonym(*called))
            found.append(suspect)
        if arrest.suspect_id:
            named = (0, person_record_id(history.source, "suspect", arrest.suspect_id))
        else:
            named = (1, person_record_id(history.record_id, "suspect", "0"))
        suspect.know(arrest.suspect_id, arrest.asn, arrest.person, arrest.crime_refs, named)
        suspect.arrests.append((history, arrest))
        suspect.sources.add(history.kind)
    for kind in ("cps.consultation", "cps.decision", "cps.file_review", "cps.defendant_outcome"):
        for history, state in by_kind.get(kind, ()):
            of: cps.Proceeding = state.data.proceeding
            suspect = find_suspect(found, of.suspect_id, of.asn, of.person)
            if suspect is None:
                if of.person is None and of.suspect_id is None and (of.asn is None or found):
                    continue
                suspect = Suspect(
                    pseudonym("suspect", of.suspect_id) if of.suspect_id
                    else pseudonym("asn", asn_of(of.asn)) if of.asn else pseudonym("proceeding", of.proceeding_id)
                )
                found.append(suspect)
            named = (2, person_record_id(history.source, "proceeding", of.proceeding_id))
            suspect.know(of.suspect_id, of.asn, of.person, of.crime_refs, named)
            suspect.sources.add(kind)
    for crime in crimes:
        for suspect in found:
            if crime.ref in suspect.refs:
                crime.suspects.append(suspect)
                crime.arrests.extend(
                    told for told in suspect.arrests
                    if not told[1].crime_refs or crime.ref in {canon(ref) for ref in told[1].crime_refs}
                )
    return found


def find_suspect(
    found: list[Suspect], suspect_id: str | None, asn: str | None, person: Person | None
) -> Suspect | None:
    """The suspect whom these identifiers mean."""
    if not found:
        return None
    if suspect_id:
        for known in found:
            if known.suspect_id == suspect_id:
                return known
    if asn:
        plain = asn_of(asn)
        for known in found:
            if known.asn == plain and not (suspect_id and known.suspect_id):
                return known
    name = name_key(person)
    if not name:
        return None
    same = [
        known for known in found
        if known.name == name and not (suspect_id and known.suspect_id) and not (asn and known.asn)
    ]
    return same[0] if len(same) == 1 else None


def link_offences(crimes: list[Crime], judged: list[Judged], suspects: list[Suspect]) -> dict[str, tuple[str, str]]:
    """Tie charged offences to crimes (decisions, section 3): by crime reference, else the same sub-group and the
    suspect's ASN, else at the level of the case. By offence key: the crime's key and how it was found."""
    links: dict[str, tuple[str, str]] = {}
    if not crimes or not judged:
        return links
    by_ref = {crime.ref: crime for crime in crimes}
    loose: list[Judged] = []
    for offence in judged:
        ref = offence.offence.crime_ref
        crime = by_ref.get(canon(ref)) if ref else None
        how = "crime_ref"
        if crime is None:
            asn = offence.defendant.asn
            how = "asn_subgroup"
            crime = next(
                (
                    one for one in crimes
                    if offence.sort.subgroup and one.sort.subgroup == offence.sort.subgroup
                    and any(asn and suspect.asn == asn for suspect in one.suspects)
                ),
                None,
            )
        if crime is None:
            loose.append(offence)
            continue
        crime.judged.append(offence)
        crime.link = crime.link or how
        links[_link_key(offence)] = (crime.key, how)
    if loose:
        unlinked = [crime for crime in crimes if not crime.judged]
        for offence in loose:
            only = crimes[0].key if len(crimes) == 1 else ""
            links[_link_key(offence)] = (only, "case_level")
        for crime in unlinked:
            crime.judged.extend(loose)
            crime.link = "case_level"
    return links


def _link_key(offence: Judged) -> str:
    return offence.defendant.key + offence.offence.key


def crime_of_offence(links: dict[str, tuple[str, str]], offence: Judged) -> tuple[str, str]:
    """The crime's key of a charged offence, and how it was found; both empty where none was."""
    return links.get(_link_key(offence), ("", ""))
