"""SPI cases as Common Platform keeps them after translation, in its two JSON shapes -> police.prosecution:
`{caseDetails: {ptiurn}, defendants: [{policeIndividualDefendant, offence}]}`, and the prosecution case file
`{caseDetails: {prosecutorCaseReference}, channel, defendants: [{asn, individual, offences}]}`. One a defendant, as
from XML."""

from collections.abc import Iterator

from processors.adapters.common_platform_codes import sex, spi_remand
from processors.adapters.common_platform_people import address as numbered_address
from processors.adapters.common_platform_shape import Json, at, needed, object_of, objects, unique
from processors.adapters.fields import on, part, parts, text
from processors.adapters.refuse import UnreadableError, build, each
from processors.adapters.spi_case import by_defendant
from processors.adapters.spi_defendants import Named, names_of
from processors.adapters.spi_values import london_clock, timed
from schemas.events import PoliceProsecutionEvent
from schemas.people import Address, Person, PersonName, Victim
from schemas.police import ChargedDefendant, ChargedOffence, Prosecution

_BS7666 = ("saon", "paon", "streetDescription", "locality", "town", "postTown", "administrativeArea")


def json_prosecutions(payload: Json, time: str | None) -> Iterator[PoliceProsecutionEvent]:
    """The charge file of each defendant. Raises UnreadableError: `no-record-content` for the exchange's error report,
    `unknown-message-type`."""
    if "errorDetail" in payload:
        kinds = unique([text(item, "errorDescription") for item in parts(payload, "errorDetail")])
        raise UnreadableError("no-record-content", "errorDetail", ", ".join(kinds), "an error report of the exchange")
    case = object_of(payload, "caseDetails")
    if not case:
        keys = ", ".join(sorted(payload)[:8])
        raise UnreadableError("unknown-message-type", "message", keys, "no SPI case: it has no caseDetails")
    urn = needed(case, "ptiurn", "prosecutorCaseReference")
    defendants = objects(payload, "defendants")
    if not defendants:
        raise UnreadableError("missing-field", "defendants", None, "a case has at least one defendant")
    markers = [text(one, "markerTypeCode") for one in parts(case, "caseMarkers")]
    hearing = part(case, "initialHearing") or part(defendants[0], "initialHearing")
    on_day = on(hearing, "dateOfHearing")
    data = build(Prosecution, {
        "urn": urn,
        "initiation": lambda: needed(case, "caseInitiationCode", "initiationCode"),
        "originating_organisation": text(case, "originatingOrganisation"),
        "cps_organisation": text(case, "cpSorganisation", "cpsOrganisation"),
        "summons_code": text(case, "summonsCode"),
        "markers": unique([text(case, "caseMarker"), *markers]),
        "court_ou": text(hearing, "courtHearingLocation"),
        "first_hearing_on": on_day,
        "first_hearing_at": lambda: london_clock(on_day, text(hearing, "timeOfHearing"), "timeOfHearing"),
        "defendants": lambda: _charged(urn, defendants),
    })
    yield from by_defendant("SPI case", data, names_of([_named(item) for item in defendants]), time)


def _charged(urn: str, told: list[Json]) -> tuple[ChargedDefendant, ...]:
    names = names_of(each("defendants", told, _named))
    return each("defendants", zip(told, names, strict=True), lambda one: _defendant(one[0], f"{urn}/{one[1]}"))


def _named(item: Json) -> Named:
    individual = object_of(item, "policeIndividualDefendant", "individual")
    corporate = object_of(item, "policeCorporateDefendant", "organisation")
    return Named(
        needed(item, "prosecutorReference", "asn", "prosecutorDefendantReference"),
        _person(item, individual) if individual else None,
        text(corporate, "organisationName") or text(item, "organisationName"),
    )


def _defendant(item: Json, known_as: str) -> ChargedDefendant:
    reference, someone, company = _named(item)
    individual = object_of(item, "policeIndividualDefendant", "individual")
    offences = objects(item, "offence", "offences")
    if not offences:
        raise UnreadableError("missing-field", "offences", None, "a defendant has at least one offence")
    return ChargedDefendant.model_validate({
        "asn": reference,
        "person": someone,
        "organisation": company,
        "bail_status": spi_remand(text(individual, "custodyStatus") or text(item, "custodyStatus")),
        "offences": each(
            "offences", enumerate(offences, start=1), lambda one: _offence(one[1], f"{known_as}/{one[0]}")
        ),
    })


def _person(item: Json, individual: Json) -> Person:
    base = part(part(individual, "personDefendant"), "basePersonDetails")
    details = part(individual, "personalInformation")
    own = part(individual, "selfDefinedInformation")
    aliases = (*parts(individual, "alias"), *parts(item, "individualAliases"))
    return Person.model_validate({
        "name": _name(part(base, "personName") or details),
        "aliases": tuple(_name(alias) for alias in aliases),
        "date_of_birth": on(base, "birthDate") or on(own, "dateOfBirth"),
        "sex": sex(text(base, "gender") or text(own, "gender")),
        "ethnicity_self": text(individual, "selfDefinedEthnicity") or text(own, "ethnicity"),
        "ethnicity_observed": text(individual, "observedEthnicity") or text(details, "observedEthnicity"),
        "nationality": text(part(individual, "personDefendant"), "personStatedNationality") or text(own, "nationality"),
        "address": _address(part(individual, "address") or part(details, "address")),
        "pnc": text(part(individual, "personDefendant"), "pnCidentifier") or text(individual, "pnCidentifier")
        or text(item, "pncIdentifier"),
        "cro": text(individual, "crOnumber") or text(item, "croNumber"),
        "driver_number": text(individual, "driverNumber"),
    })


def _name(item: Json) -> PersonName:
    middle = unique([
        text(item, "personGivenName2", "givenName2"), text(item, "personGivenName3", "givenName3"),
    ])
    return PersonName(
        title=text(item, "personTitle", "title"), first=text(item, "personGivenName1", "firstName"),
        middle=" ".join(middle) or None, last=text(item, "personFamilyName", "lastName"),
    )


def _address(item: Json) -> Address | None:
    lines = tuple(" ".join(line.split()) for key in _BS7666 if (line := text(item, key)))
    return Address(lines=lines, postcode=text(item, "postcode")) if lines else numbered_address(item)


def _offence(item: Json, known_as: str) -> ChargedOffence:
    base = object_of(item, "baseOffenceDetails") or item
    return build(ChargedOffence, {
        "sequence": text(base, "offenceSequenceNumber"),
        "offence_code": lambda: needed(base, "offenceCode"),
        "wording": text(base, "offenceWording"),
        "occurred_from": lambda: _point(base, ("offenceDateStartDate", "offenceCommittedDate"), "offenceStartTime"),
        "occurred_to": lambda: _point(base, ("offenceEndDate", "offenceCommittedEndDate"), "offenceEndTime"),
        "arrest_on": at(base, "arrestDate"),
        "charge_on": at(base, "chargeDate"),
        "victims": tuple(
            _victim(one, f"{known_as}/{number}") for number, one in enumerate(parts(item, "otherPartyVictim"), start=1)
        ),
    })


def _point(item: Json, day_names: tuple[str, ...], clock_name: str) -> str | None:
    return timed(on(item, *day_names), text(item, clock_name), clock_name) or at(item, *day_names)


def _victim(item: Json, victim_id: str) -> Victim:
    details = part(item, "personalInformation")
    found = Person.model_validate({
        "name": _name(part(item, "personDetails") or part(item, "personName") or details),
        "date_of_birth": on(item, "birthDate", "birthdate", "dateOfBirth"),
        "sex": sex(text(item, "gender")),
        "ethnicity_self": text(item, "selfDefinedEthnicity"),
        "ethnicity_observed": text(item, "observedEthnicity"),
        "address": _address(part(item, "address") or part(details, "address")),
    })
    return Victim(
        victim_id=victim_id, sex=found.sex, ethnicity_self=found.ethnicity_self,
        ethnicity_observed=found.ethnicity_observed, person=found,
    )
