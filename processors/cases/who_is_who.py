"""Who is who, and which offence is which, within one court case (decisions, section 3)."""

from processors.cases.court_model import CourtCase, Defendant, Offence
from processors.cases.ids import asn_of, canon, own_id, pseudonym
from processors.standardise.identifiers.asn import looks_like_asn
from processors.standardise.moments import london_day
from schemas.people import Person


def name_key(person: Person | None) -> str:
    """Name and birth date as one text; empty unless both are known."""
    if person is None or not person.date_of_birth or not person.name.last:
        return ""
    return f"{canon(person.name.first or '')}|{canon(person.name.last)}|{person.date_of_birth}"


def find_defendant(
    case: CourtCase, hmcts_id: str | None, asn: str | None, cps_id: str | None, person: Person | None, taken: set[int],
    organisation: str | None = None, libra_id: str | None = None,
) -> Defendant | None:
    """The defendant whom these identifiers mean, by the best one that both sides have. `taken` are those that the same
    telling has named already. A reference that is no ASN may be its prosecutor's code, which all defendants share: it
    means nobody who is called otherwise."""
    if hmcts_id:
        for known in case.defendants:
            if known.hmcts_id == hmcts_id:
                return known
    free = [known for known in case.defendants if id(known) not in taken and not (hmcts_id and known.hmcts_id)]
    if not free:
        return None
    if asn:
        plain = asn_of(asn)
        for known in free:
            if known.asn == plain and (
                looks_like_asn(asn) or not _called_otherwise(known, person, organisation)
            ):
                return known
        free = [known for known in free if not known.asn]
    if cps_id:
        plain = canon(cps_id)
        for known in free:
            if known.cps_id == plain:
                return known
        free = [known for known in free if not known.cps_id]
    if libra_id:
        for known in free:
            if known.libra_id == libra_id:
                return known
        free = [known for known in free if not known.libra_id]
    if name := name_key(person):
        same = [known for known in free if any(name_key(told) == name for told in known.persons)]
    elif organisation:
        same = [known for known in free if canon(organisation) in _companies(known)]
    else:
        return None
    return same[0] if len(same) == 1 else None


def _called_otherwise(known: Defendant, person: Person | None, organisation: str | None) -> bool:
    """Whether name or birth date say that a defendant is somebody else; what one side does not say decides nothing."""
    if person is not None:
        return any(_others(told, person) for told in known.persons)
    return bool(organisation) and any(name != canon(organisation or "") for name in _companies(known))


def _companies(known: Defendant) -> set[str]:
    """The names of a defendant that is an organisation."""
    told = (told.organisation for told in (known.base, known.charged) if told is not None)
    return {canon(name) for name in told if name}


def _others(one: Person, two: Person) -> bool:
    pairs = (
        (one.name.first, two.name.first), (one.name.last, two.name.last), (one.date_of_birth, two.date_of_birth),
    )
    return any(canon(left) != canon(right) for left, right in pairs if left and right)


def new_defendant(
    case: CourtCase, hmcts_id: str | None, asn: str | None, cps_id: str | None, libra_id: str | None = None
) -> Defendant:
    """A defendant not met before, called after the best identifier."""
    if hmcts_id:
        key = own_id(hmcts_id)
    elif asn:
        key = pseudonym("asn", asn_of(asn))
    elif cps_id:
        key = pseudonym("cps_defendant", cps_id)
    elif libra_id:
        key = pseudonym("libra_defendant", libra_id)
    else:
        key = pseudonym("unnamed", f"{case.key} {len(case.defendants)}")  # never of the name itself
    while any(known.key == key for known in case.defendants):  # one identifier for two people: both are kept
        key = pseudonym("again", key)
    made = Defendant(key)
    made.hmcts_id = hmcts_id
    made.asn = asn_of(asn) if asn else None
    made.cps_id = canon(cps_id) if cps_id else None
    case.defendants.append(made)
    return made


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
            if _sequence(known) == sequence:
                return known
        free = [known for known in free if _sequence(known) is None]
    day = london_day(occurred) if occurred else None
    for known in free:
        if known.code == code and _occurred(known) == day:
            return known
    for known in free:
        if known.code == code and None in (day, _occurred(known)):
            return known
    return None


def _sequence(offence: Offence) -> int | None:
    if offence.charged is not None and offence.charged.sequence is not None:
        return offence.charged.sequence
    return offence.base.sequence if offence.base is not None else None


def _occurred(offence: Offence) -> int | None:
    told = offence.base or offence.charged
    return london_day(told.occurred_from) if told is not None and told.occurred_from else None


def new_offence(
    defendant: Defendant, offence_id: str | None, sequence: int | None, code: str, occurred: str | None
) -> Offence:
    """An offence not met before, called after the best identifier."""
    if offence_id:
        key = own_id(offence_id)
    elif sequence is not None:
        key = pseudonym("sequence", f"{defendant.key} {sequence}")
    else:
        same = sum(known.code == code for known in defendant.offences)
        key = pseudonym("offence", f"{defendant.key} {code} {occurred or ''} {same}")
    while any(known.key == key for known in defendant.offences):
        key = pseudonym("again", key)
    made = Offence(key)
    made.id = offence_id
    defendant.offences.append(made)
    return made
