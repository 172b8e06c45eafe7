"""Suspects as they are known: what police and CPS say of one suspect, put together."""

from collections.abc import Iterable
from typing import Any, NamedTuple

from processors.cases.court_model import Defendant
from processors.cases.histories import RecordHistory, RecordState
from processors.cases.ids import asn_of, canon, pseudonym
from processors.cases.same_person import Who, each_person
from schemas import cps, police
from schemas.people import Person
from schemas.person_facts import person_record_id

Current = list[tuple[RecordHistory, RecordState]]
_CPS = ("cps.consultation", "cps.decision", "cps.file_review", "cps.defendant_outcome")


class Suspect:
    """A person suspected, whoever told of them first."""

    __slots__ = ("arrests", "asns", "defendant", "identified_at", "interviewed_at", "key", "person_keys", "persons",
                 "proceeding_ids", "proceedings", "refs", "sources")

    def __init__(self, key: str) -> None:
        self.key = key
        self.asns: set[str] = set()
        self.refs: set[str] = set()
        self.persons: list[Person] = []
        self.person_keys: set[tuple[int, str]] = set()
        self.identified_at: str | None = None
        self.interviewed_at: str | None = None
        self.arrests: list[tuple[RecordHistory, police.Arrest]] = []
        self.proceeding_ids: set[str] = set()
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


class _Telling(NamedTuple):
    """One record, as it tells of a suspect. `person_key`: the person record that it tells of where it tells of a
    person, and after which others that counts; `called`: what they are called after where no better is known."""

    history: RecordHistory
    data: Any
    suspect_id: str | None
    asn: str | None
    proceeding_id: str
    person: Person | None
    refs: tuple[str, ...]
    person_key: tuple[int, str]
    called: tuple[str, str]

    @property
    def who(self) -> Who:
        ids = (self.suspect_id or "", asn_of(self.asn) if self.asn else "", self.proceeding_id)
        return Who(ids, id(self), self.person)


def suspects_of(by_kind: dict[str, Current]) -> list[Suspect]:
    """The suspects of a case, and their arrests: by suspect id, else ASN, else the CPS's proceeding, else name and
    birth date. A proceeding that tells of no person and no suspect id makes a suspect only where nobody else is known.
    """
    tellings = [*_of_suspects(by_kind), *_of_arrests(by_kind), *_of_proceedings(by_kind)]
    if not tellings:
        return []
    groups = [[tellings[place] for place in places] for places in each_person([one.who for one in tellings])]
    known = [theirs for theirs in groups if any(_tells_of_somebody(one) for one in theirs)]
    if not known:
        known = [theirs for theirs in groups if any(one.asn for one in theirs)]
    return [_suspect(theirs) for theirs in known]


def _tells_of_somebody(one: _Telling) -> bool:
    return not one.proceeding_id or one.person is not None or one.suspect_id is not None


def _of_suspects(by_kind: dict[str, Current]) -> Iterable[_Telling]:
    for history, state in by_kind.get("police.suspect", ()):
        data: police.Suspect = state.data
        yield _Telling(
            history, data, data.suspect_id, data.asn, "", data.person, data.crime_refs,
            (0, person_record_id(history.source, "suspect", data.suspect_id)), ("suspect", data.suspect_id),
        )


def _of_arrests(by_kind: dict[str, Current]) -> Iterable[_Telling]:
    for history, state in by_kind.get("police.arrest", ()):
        data: police.Arrest = state.data
        if data.suspect_id:
            named = (0, person_record_id(history.source, "suspect", data.suspect_id))
        else:
            named = (1, person_record_id(history.record_id, "suspect", "0"))
        yield _Telling(
            history, data, data.suspect_id, data.asn, "", data.person, data.crime_refs, named,
            ("arrest", data.arrest_ref),
        )


def _of_proceedings(by_kind: dict[str, Current]) -> Iterable[_Telling]:
    for kind in _CPS:
        for history, state in by_kind.get(kind, ()):
            of: cps.Proceeding = state.data.proceeding
            yield _Telling(
                history, state.data, of.suspect_id, of.asn, of.proceeding_id, of.person, of.crime_refs,
                (2, person_record_id(history.source, "proceeding", of.proceeding_id)),
                ("proceeding", of.proceeding_id),
            )


def _suspect(tellings: list[_Telling]) -> Suspect:
    suspect = Suspect(pseudonym(*_called(tellings)))
    for one in tellings:
        if one.asn:
            suspect.asns.add(asn_of(one.asn))
        if one.person is not None:
            suspect.persons.append(one.person)
            suspect.person_keys.add(one.person_key)
        suspect.refs.update(map(canon, one.refs))
        suspect.sources.add(one.history.kind)
        if one.proceeding_id:
            suspect.proceeding_ids.add(one.proceeding_id)
        elif one.history.kind == "police.arrest":
            suspect.arrests.append((one.history, one.data))
        else:
            suspect.identified_at = suspect.identified_at or one.data.identified_at
            suspect.interviewed_at = suspect.interviewed_at or one.data.interviewed_at
    return suspect


def _called(tellings: list[_Telling]) -> tuple[str, str]:
    """What a suspect is called after: the best identifier that anyone tells."""
    own = min((one.suspect_id for one in tellings if one.suspect_id), default=None)
    if own is not None:
        return "suspect", own
    asn = min((asn_of(one.asn) for one in tellings if one.asn), default=None)
    return ("asn", asn) if asn is not None else min(one.called for one in tellings)
