"""Who is who, and which offence is which, within one court case (decisions, section 3)."""

from collections.abc import Sequence

from processors.cases.court_model import CourtCase, Defendant, Offence
from processors.cases.ids import own_id, pseudonym
from processors.cases.same_person import Who, called_otherwise, name_key
from processors.standardise.identifiers.asn import looks_like_asn
from processors.standardise.moments import london_day
from schemas.people import Person


def find_defendant(
    case: CourtCase, hmcts_id: str | None = None, asns: Sequence[str] = (), cps_ids: Sequence[str] = (),
    persons: Sequence[Person] = (),
) -> Defendant | None:
    """The defendant whom others than the courts mean, by the best identifier that both sides have; ASNs and CPS ids in
    the form in which they are compared. A reference that is no ASN may be its prosecutor's code, which all defendants
    share: it means nobody who is called otherwise."""
    free = case.defendants
    if hmcts_id:
        for known in free:
            if known.hmcts_id == hmcts_id:
                return known
        free = [known for known in free if not known.hmcts_id]
    if asns:
        same = [
            known for known in free if not known.asns.isdisjoint(asns)
            and (any(map(looks_like_asn, known.asns.intersection(asns))) or not _otherwise(known, persons))
        ]
        if same:
            return same[0] if len(same) == 1 else next((one for one in same if not _otherwise(one, persons)), same[0])
        free = [known for known in free if not known.asns]
    if cps_ids:
        for known in free:
            if not known.cps_ids.isdisjoint(cps_ids):
                return known
        free = [known for known in free if not known.cps_ids]
    names = {name for person in persons if (name := name_key(person))}
    same = [known for known in free if any(name_key(told) in names for told in known.persons)] if names else []
    return same[0] if len(same) == 1 else None


def _otherwise(known: Defendant, persons: Sequence[Person]) -> bool:
    return called_otherwise(
        [Who((), 0, person) for person in known.persons], [Who((), 0, person) for person in persons]
    )


def name_defendant(defendant: Defendant, case: CourtCase) -> None:
    """Give a defendant of a case their key: after the best identifier that anyone tells."""
    if defendant.hmcts_id:
        key = own_id(defendant.hmcts_id)
    elif defendant.asns:
        key = pseudonym("asn", min(defendant.asns))
    elif defendant.cps_ids:
        key = pseudonym("cps_defendant", min(defendant.cps_ids))
    elif defendant.libra_id:
        key = pseudonym("libra_defendant", defendant.libra_id)
    else:
        key = pseudonym("unnamed", f"{case.key} {len(case.defendants)}")  # never of the name itself
    while any(known.key == key for known in case.defendants):  # one identifier for two people: both are kept
        key = pseudonym("again", key)
    defendant.key = key


def find_offence(
    defendant: Defendant, offence_id: str | None, sequence: int | None, code: str, occurred: str | None, used: set[int]
) -> Offence | None:
    """The offence that is meant: by its id, else its sequence number, else code and day; by the code where one side
    tells no day. `used` are those that the same telling has named already: two alike offences of one telling are two.
    """
    if offence_id:
        for known in defendant.offences:
            if known.id == offence_id:
                return known
    free = [known for known in defendant.offences if id(known) not in used and not (offence_id and known.id)]
    if sequence is not None:
        for known in free:
            if sequence_of(known) == sequence:
                return known
        free = [known for known in free if sequence_of(known) is None]
    day = london_day(occurred) if occurred else None
    for known in free:
        if known.code == code and _occurred(known) == day:
            return known
    for known in free:
        if known.code == code and None in (day, _occurred(known)):
            return known
    return None


def sequence_of(offence: Offence) -> int | None:
    """The offence sequence number: the police's before that of the courts."""
    if offence.charged is not None and offence.charged.sequence is not None:
        return offence.charged.sequence
    return offence.base.sequence if offence.base is not None else None


def _occurred(offence: Offence) -> int | None:
    told = offence.base or offence.charged
    return london_day(told.occurred_from) if told is not None and told.occurred_from else None


def new_offence(defendant: Defendant) -> Offence:
    """An offence not met before; it is named when all is told of it."""
    made = Offence("")
    defendant.offences.append(made)
    return made


def name_offences(defendant: Defendant) -> None:
    """Give the offences of a defendant their keys, each after the best identifier that anyone tells."""
    taken: set[str] = set()
    alike: dict[str, int] = {}
    for offence in defendant.offences:
        sequence = None if offence.id else sequence_of(offence)
        if offence.id:
            key = own_id(offence.id)
        elif sequence is not None:
            key = pseudonym("sequence", f"{defendant.key} {sequence}")
        else:
            told = offence.base or offence.charged
            called = f"{offence.code} {(told.occurred_from if told is not None else None) or ''}"
            same = alike[called] = alike.get(called, -1) + 1
            key = pseudonym("offence", f"{defendant.key} {called} {same}")
        while key in taken:
            key = pseudonym("again", key)
        taken.add(key)
        offence.key = key
