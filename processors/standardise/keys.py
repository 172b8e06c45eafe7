"""Which identifiers of a record may join it to a case, as they are written: one short function a kind.

Person identifiers (PNC, CRO, prison number, CRN, master defendant id) are never among them (design, principle 5).
A hearing id attaches a record to a hearing without joining the cases that were heard together; so does a movement the
tellings of it.
"""

from collections.abc import Callable, Iterable, Iterator
from hashlib import blake2b
from typing import Any

from pydantic import BaseModel

from processors.standardise.moments import london_day
from schemas import court, cps, hmpps, linking, police

RawKey = tuple[str, str]
"""The identifier's kind and its value as it came."""


def _some(kind: str, values: Iterable[str | None]) -> Iterator[RawKey]:
    for value in values:
        if value is not None:
            yield kind, value


def _case_ids(ids: court.CaseIds) -> Iterator[RawKey]:
    if ids.court_case_id is not None:
        yield "court_case_id", ids.court_case_id
    if ids.urn is not None:
        yield "urn", ids.urn
    if ids.prosecutor_reference is not None:
        yield "prosecutor_ref", f"{ids.prosecutor or ''}:{ids.prosecutor_reference}"
    if ids.crown_case_number is not None:
        yield "crown_case_number", ids.crown_case_number
    if ids.pnc_court_reference is not None:
        yield "pnc_court_reference", ids.pnc_court_reference
    yield from _some("libra_case_number", (libra_number(ids),))


def libra_number(ids: court.CaseIds) -> str | None:
    """A Libra case number as it counts: within its court."""
    return None if ids.libra_case_number is None else f"{ids.libra_court or ''}/{ids.libra_case_number}"


def _defendants(defendants: Iterable[court.CourtDefendant]) -> Iterator[RawKey]:
    for defendant in defendants:
        if defendant.asn is not None:
            yield "asn", defendant.asn
        if defendant.defendant_id is not None:
            yield "defendant_id", defendant.defendant_id
        for offence in defendant.offences:
            if offence.crime_ref is not None:
                yield "crime_ref", offence.crime_ref


def _proceeding(of: cps.Proceeding) -> Iterator[RawKey]:
    yield from _some("cps_case_id", (of.cps_case_id,))
    yield from _some("urn", (of.urn,))
    yield from _some("asn", (of.asn,))
    yield from _some("crime_ref", of.crime_refs)


def _incident(data: police.Incident) -> Iterator[RawKey]:
    return _some("crime_ref", data.crime_refs)


def _crime(data: police.Crime | police.CrimeOutcome | police.VictimSupport) -> Iterator[RawKey]:
    yield "crime_ref", data.crime_ref


def _suspect(data: police.Suspect | police.Arrest) -> Iterator[RawKey]:
    yield from _some("crime_ref", data.crime_refs)
    yield from _some("asn", (data.asn,))


def _victim_service(data: police.VictimService) -> Iterator[RawKey]:
    yield from _some("crime_ref", (data.crime_ref,))
    yield from _some("urn", (data.urn,))


def _prosecution(data: police.Prosecution) -> Iterator[RawKey]:
    yield "urn", data.urn
    for defendant in data.defendants:
        yield "asn", defendant.asn
        yield from _some("crime_ref", (offence.crime_ref for offence in defendant.offences))


def _cps(
    data: cps.Consultation | cps.Decision | cps.FileReview | cps.DefendantOutcome,
) -> Iterator[RawKey]:
    return _proceeding(data.proceeding)


def _court_case(data: court.CourtCase) -> Iterator[RawKey]:
    yield from _case_ids(data.ids)
    yield from _defendants(data.defendants)


def _hearing(data: court.Hearing) -> Iterator[RawKey]:
    """Of one part of a hearing: its one case, or the applications that belong to no case in the hearing."""
    yield "hearing_id", data.hearing_id
    for case in data.cases:
        yield from _case_ids(case.ids)
        yield from _defendants(case.defendants)
    if not data.cases:
        for application in data.applications:
            yield "application_id", application.application_id
            yield from _some("court_case_id", application.court_case_ids)
            yield from _some("urn", application.urns)
            yield from _some("defendant_id", (application.subject_defendant_id,))


def _resulted_case(data: court.ResultedCase) -> Iterator[RawKey]:
    yield from _case_ids(data.ids)
    yield from _defendants(data.defendants)


def _trial_listing(data: court.TrialListing) -> Iterator[RawKey]:
    yield "hearing_id", data.hearing_id
    if len(data.cases) == 1:  # a listing of several cases is attached to its hearing and joins none of them
        yield from _case_ids(data.cases[0])


def _patch(data: court.Patch) -> Iterator[RawKey]:
    yield from _some("hearing_id", (data.hearing_id,))
    yield from _case_ids(data.ids)
    if len(data.court_case_ids) == 1:
        yield "court_case_id", data.court_case_ids[0]
    if len(data.urns) == 1:
        yield "urn", data.urns[0]
    yield from _some("defendant_id", (data.defendant_id,))
    yield from _some("application_id", (data.application_id,))
    yield from _defendants(data.defendants)


def _of_defendant(data: court.Remand | court.Warrant) -> Iterator[RawKey]:
    of = data.defendant
    yield from _some("defendant_id", (of.defendant_id,))
    yield from _some("asn", (of.asn,))
    yield from _some("court_case_id", (of.court_case_id,))
    yield from _some("urn", (of.urn,))


def _movement(data: hmpps.CustodyMovement) -> Iterator[RawKey]:
    yield from _of_sentence(data)
    # all tellings of a movement are to meet; which of them are of one is for projection to say (cases.movements).
    # A digest, since identifiers that link are shown to readers, and a prison number is a person's.
    said = f"{data.prison_number.upper()}\x1f{data.movement}\x1f{london_day(data.at)}"
    yield "movement", blake2b(said.encode(), digest_size=12).hexdigest()


def _of_sentence(data: hmpps.CustodyMovement | hmpps.Recall | hmpps.Supervision) -> Iterator[RawKey]:
    of = data.sentence
    if of is not None:
        yield from _some("urn", (of.urn,))
        yield from _some("asn", (of.asn,))
        yield from _some("court_case_id", (of.court_case_id,))
        yield from _some("defendant_id", (of.defendant_id,))
    if isinstance(data, hmpps.Supervision):
        yield "supervision_id", data.supervision_id


def _supervision_end(data: hmpps.SupervisionEnd) -> Iterator[RawKey]:
    yield "supervision_id", data.supervision_id


def _link_decision(data: linking.LinkDecision) -> Iterator[RawKey]:
    return _some(data.verdict, data.records)


_KEYS_OF: dict[type[BaseModel], Callable[[Any], Iterator[RawKey]]] = {
    police.Incident: _incident,
    police.Crime: _crime,
    police.CrimeOutcome: _crime,
    police.VictimSupport: _crime,
    police.VictimService: _victim_service,
    police.Suspect: _suspect,
    police.Arrest: _suspect,
    police.Prosecution: _prosecution,
    cps.Consultation: _cps,
    cps.Decision: _cps,
    cps.FileReview: _cps,
    cps.DefendantOutcome: _cps,
    court.CourtCase: _court_case,
    court.Hearing: _hearing,
    court.ResultedCase: _resulted_case,
    court.TrialListing: _trial_listing,
    court.Patch: _patch,
    court.Remand: _of_defendant,
    court.Warrant: _of_defendant,
    hmpps.CustodyMovement: _movement,
    hmpps.Recall: _of_sentence,
    hmpps.Supervision: _of_sentence,
    hmpps.SupervisionEnd: _supervision_end,
    linking.LinkDecision: _link_decision,
}


def raw_keys(data: BaseModel) -> Iterator[RawKey]:
    """The identifiers of a record's state that may join it to a case, with repeats, in no order that matters.
    Kinds that are no part of a case (stops, prisoners, notices, capacity ...) have none."""
    keys_of = _KEYS_OF.get(type(data))
    return keys_of(data) if keys_of is not None else iter(())
