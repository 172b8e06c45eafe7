"""SPI from police to court: `NewCaseMessage` -> police.prosecution, one a defendant.

The record is a defendant's charge file under a URN, so that a message replaces what was known of the defendants whom
it names and leaves the others alone: police add defendants to a case in a message of their own.

What the schema of the interface (CPP-StdProsPoliceCase 0.6g) demands of the fields that identify or count something
is checked here, field by field; fields that are read by nobody (telephones, occupations, licence codes) are not.
"""

from collections.abc import Iterator, Sequence

from pydantic import ValidationError

from processors.adapters.common_platform_codes import sex, spi_remand
from processors.adapters.common_platform_shape import made, unique
from processors.adapters.refuse import UnreadableError, build, each
from processors.adapters.spi_defendants import Named, names_of
from processors.adapters.spi_values import allowed, day_in, demanded, london_clock, point, sequence_number
from processors.adapters.xml import Element, child, children, local, value
from schemas.events import PoliceProsecutionEvent
from schemas.people import Address, Person, PersonName, Victim
from schemas.police import ChargedDefendant, ChargedOffence, Prosecution

SOURCE = "spi"
"""The `source` of every event from SPI."""

_ADDRESS = (
    "SAON", "PAON", "StreetDescription", "Locality", "Town", "PostTown", "AdministrativeArea",
    "AddressLine1", "AddressLine2", "AddressLine3", "AddressLine4", "AddressLine5",
)


def prosecutions(message: Element, time: str | None) -> Iterator[PoliceProsecutionEvent]:
    """The charge files of a NewCaseMessage, of all its cases. A later message that names the same defendant is a later
    state of it; so two cases of one message must not name the same one, unless they say the same of them."""
    told: dict[str, str] = {}
    cases: list[Element | None] = [*children(message, "Case")]
    for case in cases or [None]:
        for event in _charge_files(message, case, time):
            if told.setdefault(event.subject, event.id) != event.id:
                reason = "two cases of the message tell differently of one defendant"
                raise UnreadableError("told-twice", "ProsecutorReference", event.data.defendants[0].asn, reason)
            yield event


def _charge_files(message: Element, case: Element | None, time: str | None) -> Iterator[PoliceProsecutionEvent]:
    urn = demanded(case, 11, "PTIURN")
    code = "InitiationCode" if child(case, "InitiationCode") is not None else "CaseInitiation"
    hearing = child(case, "InitialHearing")
    on_day = day_in(hearing, "DateOfHearing")
    told = list(children(case, "Defendant"))
    if not told:
        raise UnreadableError("missing-field", "Defendant", None, "a case has at least one defendant")
    data = build(Prosecution, {
        "urn": urn,
        "initiation": lambda: demanded(case, 1, code),
        "originating_organisation": lambda: allowed(case, 10, "OriginatingOrganisation"),
        "cps_organisation": value(case, "CPSorganisation"),
        "summons_code": value(case, "SummonsCode"),
        "markers": unique([value(marker) for marker in children(case, "CaseMarker")]),
        "court_ou": value(hearing, "CourtHearingLocation"),
        "first_hearing_on": on_day,
        "first_hearing_at": lambda: london_clock(on_day, value(hearing, "TimeOfHearing"), "TimeOfHearing"),
        "defendants": lambda: _charged(urn, told),
    })
    yield from by_defendant(local(message), data, names_of([_named(item) for item in told]), time)


def _charged(urn: str, told: Sequence[Element]) -> tuple[ChargedDefendant, ...]:
    try:
        names = names_of([_named(item) for item in told])
    except (UnreadableError, ValidationError):
        names = [""] * len(told)  # whoever cannot be named is no defendant either, which is told with all else
    return each("Defendant", zip(told, names, strict=True), lambda one: _defendant(one[0], f"{urn}/{one[1]}"))


def by_defendant(
    message: str, case: Prosecution, names: Sequence[str], time: str | None
) -> Iterator[PoliceProsecutionEvent]:
    """The charge file of each defendant of a case, with what the message says of the whole case. One who is told twice
    is one, with the offences of both tellings."""
    found: dict[str, ChargedDefendant] = {}
    for called, told in zip(names, case.defendants, strict=True):
        held = found.setdefault(called, told)
        more = tuple(offence for offence in told.offences if offence not in held.offences)
        if more:
            found[called] = held.model_copy(update={"offences": (*held.offences, *more)})
    for called, defendant in found.items():
        data = case.model_copy(update={"defendants": (defendant,)})
        yield made(PoliceProsecutionEvent, message, SOURCE, f"{case.urn}/{called}", data, time)


def name(element: Element | None) -> PersonName:
    """A name; second and third given names are the middle names."""
    middle = unique([value(element, "PersonGivenName2"), value(element, "PersonGivenName3")])
    return PersonName(
        title=value(element, "PersonTitle"), first=value(element, "PersonGivenName1"),
        middle=" ".join(middle) or None, last=value(element, "PersonFamilyName"),
    )


def address(element: Element | None) -> Address | None:
    """A BS 7666 address, or five lines, in whichever wrapping; the fifth line may be a postcode and stays a line."""
    inner = child(element, "SimpleAddress") if child(element, "SimpleAddress") is not None else element
    inner = child(inner, "ComplexAddress") if child(inner, "ComplexAddress") is not None else inner
    lines = tuple(line for item in _ADDRESS if (line := value(inner, item)))
    postcode = value(inner, "PostCode")
    return Address(lines=lines, postcode=postcode) if lines or postcode else None


def person(individual: Element) -> Person | None:
    """The person facts of an individual defendant, police's or court's."""
    defendant = child(individual, "PersonDefendant")
    base = child(defendant, "BasePersonDetails")
    found = Person.model_validate({
        "name": name(child(base, "PersonName")),
        "aliases": tuple(name(alias) for alias in children(individual, "Alias")),
        "date_of_birth": day_in(base, "Birthdate"),
        "sex": sex(value(base, "Gender")),
        "ethnicity_self": value(individual, "PersonEthnicity", "SelfDefinedEthnicity"),
        "ethnicity_observed": value(individual, "PersonEthnicity", "ObservedEthnicity"),
        "nationality": value(defendant, "PersonStatedNationality"),
        "address": address(child(individual, "Address")),
        "pnc": value(defendant, "PNCidentifier") or value(individual, "PNCidentifier"),
        "cro": value(individual, "CROnumber"),
        "driver_number": value(individual, "DriverInformation", "DriverNumber"),
    })
    return None if found == Person() else found


def organisation(corporate: Element | None) -> str | None:
    """The name of a corporate defendant: an element in an element of the same name."""
    return value(corporate, "OrganisationName", "OrganisationName") or value(corporate, "OrganisationName")


def _named(item: Element) -> Named:
    individual = child(item, "PoliceIndividualDefendant")
    return Named(
        demanded(item, 20, "ProsecutorReference"), person(individual) if individual is not None else None,
        organisation(child(item, "PoliceCorporateDefendant")),
    )


def _defendant(item: Element, known_as: str) -> ChargedDefendant:
    individual = child(item, "PoliceIndividualDefendant")
    return build(ChargedDefendant, {
        "asn": lambda: demanded(item, 20, "ProsecutorReference"),
        "person": lambda: person(individual) if individual is not None else None,
        "organisation": organisation(child(item, "PoliceCorporateDefendant")),
        "bail_status": spi_remand(value(individual, "CustodyStatus")),
        "offences": lambda: _offences(item, known_as),
    })


def _offences(item: Element, known_as: str) -> tuple[ChargedOffence, ...]:
    told = list(children(item, "Offence"))
    if not told:
        raise UnreadableError("missing-field", "Offence", None, "a defendant has at least one offence")
    return each("Offence", enumerate(told, start=1), lambda one: _offence(one[1], f"{known_as}/{one[0]}"))


def _offence(item: Element, known_as: str) -> ChargedOffence:
    base = child(item, "BaseOffenceDetails")
    timing = child(base, "OffenceTiming")
    return build(ChargedOffence, {
        "sequence": lambda: sequence_number(base),
        "offence_code": lambda: demanded(base, 8, "OffenceCode"),
        "wording": value(base, "OffenceWording"),
        "occurred_from": lambda: point(child(timing, "OffenceStart"), "OffenceDateStartDate", "OffenceStartTime"),
        "occurred_to": lambda: point(child(timing, "OffenceEnd"), "OffenceEndDate", "OffenceEndTime"),
        "arrest_on": day_in(base, "ArrestDate"),
        "charge_on": day_in(base, "ChargeDate"),
        "victims": lambda: each(
            "OtherPartyVictim", enumerate(children(item, "OtherPartyVictim"), start=1),
            lambda one: _victim(one[1], f"{known_as}/{one[0]}"),
        ),
    })


def _victim(item: Element, victim_id: str) -> Victim:
    """A victim has no number in SPI: the offence's place and their own in the message stand for it."""
    found = Person.model_validate({
        "name": name(child(item, "PersonDetails")),
        "date_of_birth": day_in(item, "Birthdate"),
        "sex": sex(value(item, "Gender")),
        "ethnicity_self": value(item, "PersonEthnicity", "SelfDefinedEthnicity"),
        "ethnicity_observed": value(item, "PersonEthnicity", "ObservedEthnicity"),
        "address": address(child(item, "Address")),
    })
    return Victim(
        victim_id=victim_id, sex=found.sex, ethnicity_self=found.ethnicity_self,
        ethnicity_observed=found.ethnicity_observed, person=found,
    )
